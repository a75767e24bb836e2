/** Every stage with its code, and every step with what its key holds, what it gave, cost and evidence. */
import { byteSize, counted, groupDigits, listed, shortDigest } from '../base/text.ts';
import { duration, formatTime } from '../base/time.ts';
import { readableName } from '../model/case.ts';
import { canonicalJson } from '../model/json.ts';
import type { Trace } from '../model/trace.ts';
import { anchor } from './anchor.ts';
import { trustBadge } from './badge.ts';
import { type Drawn, budgetOf, fairShare } from './budget.ts';
import type { ReportStage, ReportStep, StepState } from './data.ts';
import { type Html, html, nothing, sizeOf } from './html.ts';

/** The room is for steps; stages with many of them share what others leave. */
export function stagesSection(stages: readonly ReportStage[]): Drawn {
  const steps = stages.map((stage) => stage.steps.map(stepOf));
  const wanted = steps.map((list) => list.reduce((sum, step) => sum + sizeOf(step), 0));
  return (room) => {
    const share = fairShare(wanted, room);
    return html`<section id="stages">
      <h2>Stages and steps</h2>
      ${stages.map((stage, i) => stageOf(stage, firstWithin(steps[i] ?? [], share)))}
    </section>`;
  };
}

function firstWithin(list: readonly Html[], room: number): readonly Html[] {
  const budget = budgetOf(room);
  const end = list.findIndex((each) => !budget.take(sizeOf(each)));
  return end < 0 ? list : list.slice(0, end);
}

function stageOf(stage: ReportStage, shown: readonly Html[]): Html {
  const { name, says, made, code, steps, needs, waiting } = stage;
  const spent = steps.reduce((sum, { trace }) => sum + (trace?.cost.wall ?? 0), 0);
  return html`<article id="${anchor('stage', name)}" class="stage">
    <h3>${name}</h3>
    ${says !== '' && html`<p>${made === 'command' ? html`<code>${says}</code>` : says}</p>`}
    <p class="quiet">
      ${counted(steps.length, 'step')}, ${duration(spent)} of work ·
      ${made === 'command' ? 'a command' : html`<code>${made}</code>`}${needs.length > 0 && html` · needs ${needs.map((need, i) => html`${i > 0 && ', '}<a href="#${anchor('stage', need)}">${need}</a>`)}`}${waiting && ' · more steps come to light when what it needs has run'}
    </p>
    ${
      code.length > 1 &&
      html`<details>
        <summary>${counted(code.length, 'source file')} in its code</summary>
        <ul class="files">
          ${code.map((file) => html`<li><code>${file}</code></li>`)}
        </ul>
      </details>`
    }
    ${shown} ${shown.length < steps.length && html`<p class="quiet">${leftOut(steps, shown.length)}</p>`}
  </article>`;
}

/** `12 more steps are left out: all current`. */
function leftOut(steps: readonly ReportStep[], shown: number): string {
  const rest = steps.slice(shown);
  const count = (state: StepState) => rest.filter((step) => step.state === state).length;
  const states = (['current', 'old', 'new'] as const).flatMap((state) =>
    count(state) === 0 ? [] : [`${groupDigits(count(state))} ${words[state]}`],
  );
  return `${counted(rest.length, 'more step')} left out here for length (${listed(states)}); colophon show tells each.`;
}

const words: Readonly<Record<StepState, string>> = {
  current: 'current',
  old: 'not current',
  new: 'not executed',
};

function stepOf({ id, state, trace, trust }: ReportStep): Html {
  const label = html`<span class="name">${readableName(id)}</span>
    <span class="state ${state}">${words[state]}</span>`;
  if (trace === undefined) return html`<p id="${anchor('step', id)}" class="step">${label}</p> `;
  return html`<details id="${anchor('step', id)}" class="step">
    <summary>
      ${label} ${trustBadge(trust)}
      <span class="quiet">${duration(trace.cost.wall)}${firstEvidence(trace)}</span>
    </summary>
    ${traceOf(trace)}
  </details> `;
}

function firstEvidence({ evidence }: Trace): string {
  const [first] = Object.entries(evidence);
  return first === undefined ? '' : ` · ${first[0]} ${first[1]}`;
}

function traceOf(trace: Trace): Html {
  const { parts, cost, key, at, run, seen } = trace;
  const memory = cost.memory > 0 ? `, ${byteSize(cost.memory)}` : '';
  const machine = ['node', 'platform', 'arch'].flatMap((name) => seen[name] ?? []).join(' ');
  return html`<dl>
    ${row('executed', `${formatTime(at)} UTC in ${duration(cost.wall)} (${duration(cost.cpu)} of processor${memory})`)}
    ${row('key', digest(key))}${row('code', digest(parts.code))}
    ${parts.stream !== undefined && row('random stream', digest(parts.stream))}
    ${rows('params', { ...parts.params, ...parts.case }, (value) => html`<code>${cut(canonicalJson(value))}</code>`)}
    ${rows('inputs', parts.inputs, inputOf)}
    ${rows('environment', parts.environment, (value) => html`<code>${cut(value)}</code>`)}
    ${rows('outs', trace.outs, (out) => html`${digest(out.digest)} ${byteSize(out.size)} ${out.kind}`)}
    ${rows('evidence', trace.evidence, (value) => html`<code>${value === true || value === false ? String(value) : value}</code>`)}
    ${row('run', `${run}${machine === '' ? '' : `, Node ${machine}`}`)}
  </dl>`;
}

function inputOf(input: Trace['parts']['inputs'][string]): Html {
  if (typeof input === 'string') return digest(input);
  const first = input.slice(0, 6).map(([binding, each]) => html`${readableName(binding)} ${digest(each)} `);
  return html`${first}${input.length > 6 && `and ${groupDigits(input.length - 6)} more`}`;
}

const digest = (text: string) => html`<code title="${text}">${shortDigest(text)}</code>`;

const row = (name: string, value: string | Html) =>
  html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;

function rows<T>(title: string, entries: Readonly<Record<string, T>>, show: (value: T) => Html): Html {
  const list = Object.entries(entries);
  if (list.length === 0) return nothing;
  return row(
    title,
    html`${list.map(([name, value]) => html`<span class="pair">${name} ${show(value)}</span> `)}`,
  );
}

const longest = 120;

function cut(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
