/** How the page looks: light and dark by the reader's setting, narrow and wide, on paper. */

/** Text on its ground keeps a contrast of at least 4.5 in both schemes. */
export const style = `
:root { color-scheme: light dark; --ground: #ffffff; --raised: #f6f7f9; --line: #d5d9df; --text: #1b1e23; --quiet: #565d68; --link: #0b57a4; --good: #0b6b31; --bad: #b3231b; --open: #7a5000; --edge: #8d96a3; --mark: #fff4c2; }
@media (prefers-color-scheme: dark) { :root { --ground: #15171b; --raised: #1e2126; --line: #363b44; --text: #e6e8eb; --quiet: #a5adb8; --link: #85bbff; --good: #6cd08b; --bad: #ff9288; --open: #ecc260; --edge: #7b8491; --mark: #4a4012; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0 auto; padding: 2rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 66rem; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.35rem; margin: 2.75rem 0 .9rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .4rem; overflow-wrap: anywhere; }
p { margin: .35rem 0; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, button:focus-visible, input:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code, pre { font: .875em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
pre { background: var(--raised); padding: .75rem 1rem; border-radius: 8px; white-space: pre-wrap; }
.lead { font-size: 1.1rem; }
.quiet { color: var(--quiet); font-size: .9rem; }
.good { --tone: var(--good); } .bad { --tone: var(--bad); } .open { --tone: var(--open); }
strong.good, strong.bad, strong.open { color: var(--tone); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 1rem 0 0; padding: 0; }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.paper h3 { display: flex; flex-wrap: wrap; align-items: baseline; gap: .2rem .9rem; } .paper h3 .quiet { font-weight: 400; }
.unknown { margin-top: .5rem; } .unknown > summary { color: var(--quiet); padding: .2rem 0; } .unknown[open] > summary { margin-bottom: .4rem; }
svg.bar { display: block; width: 100%; max-width: 36rem; border-radius: 99px; background: var(--line); margin: .5rem 0; } .bar rect { fill: var(--tone); }
.claims { list-style: none; margin: 0; padding: 0; display: grid; gap: .4rem; }
.claims > li { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr) minmax(0, 1fr); gap: .2rem 1.25rem; padding: .5rem .9rem; background: var(--raised); border-radius: 8px; border-left: 4px solid var(--tone); }
.claims .status { color: var(--tone); font-weight: 600; }
.says { font-weight: 500; }
:target:not(section) { background: var(--mark) !important; }
dl { margin: .35rem 0; font-size: .9rem; }
dl > div { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .75rem; }
.claims dl > div { grid-template-columns: 4rem minmax(0, 1fr); }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
.pair { display: inline-block; margin-right: .9rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(29rem, 100%), 1fr)); gap: 1.6rem 1.5rem; align-items: start; } .figures .broad { grid-column: 1 / -1; }
figure { margin: 0; }
figure img { display: block; max-width: 100%; height: auto; background: #fff; padding: .75rem; border: 1px solid var(--line); border-radius: 8px; }
figcaption { margin-top: .5rem; max-width: 46rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .8rem; text-align: left; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child, td:first-child { padding-left: .25rem; }
th { padding: 0 .25rem; border-bottom: 2px solid var(--edge); }
th button { font: inherit; font-weight: 600; color: inherit; background: none; border: 0; padding: .3rem .55rem; cursor: pointer; border-radius: 4px; }
th:first-child button { padding-left: 0; }
th button::after { content: "↕" / ""; padding-left: .3em; color: var(--edge); font-weight: 400; }
th[aria-sort=ascending] button::after { content: "↑" / ""; color: var(--link); } th[aria-sort=descending] button::after { content: "↓" / ""; color: var(--link); }
.number { text-align: right; }
tbody tr:hover { background: var(--raised); }
.rest { display: none; } .table:has(.all input:checked) .rest { display: table-row-group; }
.all { margin: .2rem 0; font-size: .9rem; } .all label { padding-left: .4rem; cursor: pointer; }
#graph .scroll { width: calc(100vw - 3rem); margin-left: calc(50% - 50vw + 1.5rem); } .graph { display: block; margin: 0 auto; max-width: 100%; min-width: 80rem; height: auto; }
.graph .edge { fill: none; stroke: var(--edge); stroke-width: 1.4; } .graph .tip { fill: var(--edge); }
.graph rect { fill: var(--raised); stroke: var(--edge); } .graph .current rect { stroke: var(--good); stroke-width: 1.5; } .graph .old rect { stroke: var(--open); stroke-dasharray: 5 3; }
.graph text { fill: var(--text); font: 600 13px system-ui, sans-serif; text-anchor: middle; } .graph .small { fill: var(--quiet); font-weight: 400; font-size: 11.5px; }
.graph a:hover rect, .graph a:focus-visible rect { fill: var(--mark); }
.stage { padding-top: .1rem; }
.step { margin: .2rem 0; padding: .3rem .75rem; background: var(--raised); border-radius: 6px; font-size: .95rem; }
summary { cursor: pointer; overflow-wrap: anywhere; } .step .name { font-weight: 500; }
.state { font-size: .85rem; padding-left: .4rem; } .state.current { color: var(--good); } .state.old, .state.new { color: var(--open); }
.trust { font-size: .78rem; padding: .05rem .45rem; border: 1px solid var(--edge); border-radius: 999px; color: var(--quiet); white-space: nowrap; } .trust.reproduced, .trust.attested { color: var(--good); border-color: var(--good); } .trust.attested { font-weight: 600; } .trust.refuted { color: var(--bad); border-color: var(--bad); }
.files { columns: 18rem; margin: .3rem 0; padding-left: 1.2rem; }
footer { margin-top: 3rem; padding-top: .75rem; border-top: 1px solid var(--line); }
@media (max-width: 46rem) { .claims > li { grid-template-columns: minmax(0, 1fr); } dl > div { grid-template-columns: 5.5rem minmax(0, 1fr); } h1 { font-size: 1.5rem; } }
@page { margin: 15mm 14mm; }
@media print { :root { --ground: #fff; --raised: #fff; --line: #bbb; --text: #000; --quiet: #444; --link: #000; --good: #0b6b31; --bad: #b3231b; --open: #7a5000; --edge: #777; color-scheme: light; } body { max-width: none; padding: 0; font-size: 9.5pt; } #graph .scroll { width: auto; margin: 0; } .graph { min-width: 0; } .figures { grid-template-columns: 1fr 1fr; } figure img { border: 0; padding: 0; } nav, .all, th button::after { display: none; } .claims > li, figure, tr, .step { break-inside: avoid; } h2, h3 { break-after: avoid; } .claims > li { border: 1px solid var(--line); border-left: 4px solid var(--tone); } .scroll { overflow: visible; } .graph { max-width: 100%; height: auto; } th, td { white-space: normal; } }
`;
