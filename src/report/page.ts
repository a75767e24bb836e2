/** Puts the report together: one HTML page that needs nothing else, neither a network nor a folder beside it. */
import { createHash } from 'node:crypto';
import { counted } from '../base/text.ts';
import { formatTime } from '../base/time.ts';
import { type ClaimTone, claimTone, countClaims } from '../model/claim-status.ts';
import { type Drawn, fairShare, pageLimit } from './budget.ts';
import { claimBar, claimsSection } from './claims.ts';
import type { ReportData } from './data.ts';
import { drawGraph } from './graph.ts';
import { type Html, html, sizeOf, trusted } from './html.ts';
import { type Link, figuresSection, otherSection, tablesSection } from './published.ts';
import { script } from './script.ts';
import { stagesSection } from './steps.ts';
import { style } from './style.ts';

/** Only this very style and this very script run; figures are images inside of the page; nothing is fetched. */
const policy = [
  "default-src 'none'",
  `style-src '${hashOf(style)}'`,
  `script-src '${hashOf(script)}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** Of the room, what figures may take before long tables and the records of steps get any. */
const figuresFirst = 0.85;

/** The text of the page, under 3 MB: the same for the same data. */
export function reportPage(data: ReportData, link: Link): string {
  const figures = figuresSection(data.published, link);
  const parts: readonly Drawn[] = [tablesSection(data.published, link), stagesSection(data.stages)];
  const whole = (drawn: readonly Html[]) => pageOf(data, link, drawn);
  const least = [figures, ...parts].map((part) => part(0));
  const room = pageLimit - sizeOf(whole(least));
  const most = figures(room * figuresFirst);
  const left = room - (sizeOf(most) - sizeOf(least[0] as Html));
  const wanted = parts.map((part, i) => sizeOf(part(Infinity)) - sizeOf(least[i + 1] as Html));
  const share = fairShare(wanted, left);
  return whole([most, ...parts.map((part, i) => part((wanted[i] as number) <= share ? Infinity : share))])
    .html;
}

function pageOf(data: ReportData, link: Link, [figures, tables, stages]: readonly Html[]): Html {
  const title = `${data.pipeline}: how it was made`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${trusted(`<style>${style}</style>`)}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the claims</a>
        ${header(data)}
        <main id="main">
          ${claimsSection(data.claims)} ${figures} ${tables} ${otherSection(data.published, link)}
          <section id="graph">
            <h2>Graph</h2>
            ${drawGraph(data.stages)}
          </section>
          ${stages}
        </main>
        ${footer(data)} ${trusted(`<script>${script}</script>`)}
      </body>
    </html> `;
}

function header(data: ReportData): Html {
  const { pipeline, profile, claims } = data;
  const files = (type: string) => data.published.some(({ content }) => content.type === type);
  const places: [string, string, boolean][] = [
    ['claims', 'Claims', true],
    ['figures', 'Figures', files('figure')],
    ['tables', 'Tables', files('table')],
    ['files', 'Other files', files('text') || files('other')],
    ['graph', 'Graph', true],
    ['stages', 'Stages and steps', true],
  ];
  const there = places.filter(([, , is]) => is);
  return html`<header>
    <h1>${pipeline}</h1>
    <p class="lead">
      ${claims.length > 0 && html`<strong class="${mood(data)}">${counted(claims.length, 'claim')}: ${countClaims(claims.map(({ judgement }) => judgement))}.</strong> `}${standing(data)}
    </p>
    ${claims.length > 0 && claimBar(claims)}
    <p class="quiet">Profile ${profile}${runText(data)}</p>
    <nav aria-label="Parts of this page">
      <ul>
        ${there.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}
      </ul>
    </nav>
  </header>`;
}

function mood({ claims }: ReportData): ClaimTone {
  const tones = new Set(claims.map(({ judgement }) => claimTone(judgement.status)));
  return tones.has('bad') ? 'bad' : tones.has('open') ? 'open' : 'good';
}

/** How many steps are what the pipeline would give now. */
function standing({ stages }: ReportData): string {
  const steps = stages.flatMap((stage) => stage.steps);
  const current = steps.filter(({ state }) => state === 'current').length;
  if (current === steps.length) return `${counted(steps.length, 'step')}, every one up to date.`;
  return `${current} of ${counted(steps.length, 'step')} up to date; colophon run brings the rest about.`;
}

function runText({ run }: ReportData): string {
  if (run === undefined) return '';
  return ` · newest run ${run.id}, ${formatTime(run.at)} UTC, ${run.status}`;
}

function footer({ run }: ReportData): Html {
  const machine = run?.machine ?? {};
  const told = ['colophon', 'node', 'platform', 'arch'].flatMap((name) =>
    machine[name] === undefined ? [] : [`${name} ${machine[name]}`],
  );
  return html`<footer class="quiet">
    <p>
      Written by colophon report from the store
      alone${told.length > 0 && html`; the newest run used ${told.join(', ')}`}. A digest is the SHA-256 of an
      artifact's bytes: colophon show prints it, colophon where tells what is behind it.
    </p>
  </footer>`;
}
