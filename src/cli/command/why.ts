/** `colophon why STEP`: why it would be executed, or is a hit; what it was made from; conflicts and failures. */
import { counted, listed, shortDigest } from '../../base/text.ts';
import { duration, formatTime } from '../../base/time.ts';
import { canonicalJson } from '../../model/json.ts';
import type { KeyParts } from '../../model/key.ts';
import type { PlannedStep, Reason } from '../../model/plan.ts';
import type { Trace } from '../../model/trace.ts';
import { codeReasons, pastReasons } from '../code-reasons.ts';
import { aligned, print, printJson, stdoutStyle } from '../output.ts';
import { type Reading, withPlan } from '../reading.ts';
import type { ProjectFlags } from '../site.ts';
import { type Style, cut } from '../view/style.ts';

export async function whyCommand(
  target: string,
  flags: ProjectFlags & { readonly json?: boolean },
): Promise<void> {
  await withPlan(flags, [target], (reading) => {
    const { plan, selection } = reading.seen;
    const named = plan.steps.filter(({ step }) => selection.named.has(step.id));
    const reasonsOf = codeReasons(reading);
    if (flags.json) return printJson(named.map((planned) => dataOf(planned, reasonsOf)));
    const style = stdoutStyle();
    const waiting = plan.waiting.filter(({ stage }) => stage === target.replace(/[@^].*$/, ''));
    print([
      ...waiting.map(({ stage, on }) => `${stage} waits for the items of ${listed(on, 3)}:`),
      ...named.flatMap((planned, i) => [
        ...(i > 0 ? [''] : []),
        ...describe(reading, planned, reasonsOf(planned), style),
      ]),
    ]);
  });
}

function dataOf(planned: PlannedStep, reasonsOf: (planned: PlannedStep) => readonly Reason[]): object {
  const { step, verdict } = planned;
  const reasons = verdict.type === 'miss' ? { reasons: reasonsOf(planned) } : {};
  return { step: step.id, ...verdict, ...reasons };
}

function describe(
  reading: Reading,
  { step, verdict }: PlannedStep,
  reasons: readonly Reason[],
  style: Style,
): string[] {
  const history = reading.context.store.traces.ofStep(step.id);
  const parts =
    verdict.type === 'waits' ? undefined : verdict.type === 'hit' ? verdict.trace.parts : verdict.parts;
  return [
    style.strong(step.id),
    ...verdictLines(reading, verdict, reasons, history, style),
    ...(parts === undefined ? [] : partLines(parts, style)),
    ...conflictLines(reading, step.id, style),
    ...failureLines(reading, step.id, history[0], style),
  ];
}

function verdictLines(
  reading: Reading,
  verdict: PlannedStep['verdict'],
  reasons: readonly Reason[],
  history: readonly Trace[],
  style: Style,
): string[] {
  if (verdict.type === 'waits') return [`  ${style.warn('waits')} for ${listed(verdict.on, 4)}`];
  if (verdict.type === 'miss')
    return aligned(
      reasons.map((reason) => [`  ${style.accent(`miss: ${reason.type}`)}`, withoutType(reason)]),
    );
  const { trace } = verdict;
  const time = `executed ${formatTime(trace.at)} in ${duration(trace.cost.wall)}, run ${trace.run}`;
  return [`  ${style.good('hit')}  ${time}`, ...pastLines(reading, trace, history)];
}

/** `params.draws: 8 → 9` is behind `miss: params` without its first word. */
function withoutType({ type, detail }: Reason): string {
  const head = type === 'code' ? 'code: ' : type === 'params' || type === 'outs' ? `${type}.` : '';
  return detail.startsWith(head) ? detail.slice(head.length) : detail;
}

/** Why it was executed then. */
function pastLines({ context }: Reading, trace: Trace, history: readonly Trace[]): string[] {
  const reasons = pastReasons(context.store, trace, history);
  return reasons.map(({ detail }) => `       because ${detail}`);
}

function partLines(parts: KeyParts, style: Style): string[] {
  const rows: [string, string][] = [['code', shortDigest(parts.code)]];
  for (const [name, value] of Object.entries(parts.case)) rows.push([`case.${name}`, String(value)]);
  for (const [name, value] of Object.entries(parts.params))
    if (!(name in parts.case)) rows.push([`params.${name}`, cut(canonicalJson(value), 60)]);
  for (const [role, input] of Object.entries(parts.inputs))
    rows.push([role, typeof input === 'string' ? shortDigest(input) : counted(input.length, 'case')]);
  if (parts.stream !== undefined) rows.push(['random stream', shortDigest(parts.stream)]);
  for (const [name, value] of Object.entries(parts.environment)) rows.push([name, value]);
  return aligned(rows).map((line) => style.dim(`    ${line}`));
}

function conflictLines({ context }: Reading, step: string, style: Style): string[] {
  const conflict = context.store.traces.conflicts().find((each) => each.step === step);
  if (conflict === undefined) return [];
  const all = [conflict.current, ...conflict.others];
  const rows = all.map((trace) => [
    `    ${trace.attempt}`,
    outsText(trace),
    trace === conflict.current ? '(current)' : '',
  ]);
  const says = `  conflict: one key, ${all.length} results; choose with \`colophon resolve ${step} <attempt>\``;
  return [style.bad(says), ...aligned(rows)];
}

/** A failure since the last success. */
function failureLines({ context }: Reading, step: string, last: Trace | undefined, style: Style): string[] {
  const [failure] = context.store.runs.failures(step);
  if (failure === undefined || (last !== undefined && failure.at <= last.at)) return [];
  const when = `${failure.ending}, ${formatTime(failure.at)}`;
  return [`  ${style.bad('last attempt failed')} (${when}): ${failure.message}`];
}

function outsText(trace: Trace): string {
  return Object.entries(trace.outs)
    .map(([role, { digest }]) => `${role} ${shortDigest(digest)}`)
    .join(', ');
}
