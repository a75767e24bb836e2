/** `colophon why STEP`: why it would be executed, or is a hit; what it was made from; conflicts and failures. */
import { shortDigest } from '../../base/digest.ts';
import { duration } from '../../base/text.ts';
import { changes } from '../../engine/explain.ts';
import { canonicalJson } from '../../model/json.ts';
import type { KeyParts } from '../../model/key.ts';
import type { PlannedStep } from '../../model/plan.ts';
import type { Trace } from '../../model/trace.ts';
import type { ProjectFlags } from '../site.ts';
import { formatTime, print, stdoutStyle } from '../output.ts';
import { type Reading, withPlan } from '../reading.ts';
import type { Style } from '../view/style.ts';

export async function whyCommand(
  target: string,
  flags: ProjectFlags & { readonly json?: boolean },
): Promise<void> {
  await withPlan(flags, [target], (reading) => {
    const named = reading.seen.plan.steps.filter(({ step }) => reading.seen.selection.named.has(step.id));
    const style = stdoutStyle();
    if (flags.json)
      print(
        JSON.stringify(
          named.map(({ step, verdict }) => ({ step: step.id, ...verdict })),
          undefined,
          2,
        ),
      );
    else print(named.flatMap((planned, i) => [...(i > 0 ? [''] : []), ...describe(reading, planned, style)]));
  });
}

function describe(reading: Reading, { step, verdict }: PlannedStep, style: Style): string[] {
  const { traces, runs } = reading.context.store;
  const history = traces.ofStep(step.id);
  const lines = [style.strong(step.id), ...verdictLines(verdict, history, style)];
  if (verdict.type !== 'waits')
    lines.push(...partLines(verdict.type === 'hit' ? verdict.trace.parts : verdict.parts, style));
  const conflict = traces.conflicts().find((each) => each.step === step.id);
  if (conflict !== undefined) {
    lines.push(
      style.bad(
        `  conflict: one key, ${conflict.others.length + 1} results; choose with \`colophon resolve ${step.id} <attempt>\``,
      ),
    );
    for (const trace of [conflict.current, ...conflict.others])
      lines.push(
        `    ${trace.attempt}  ${outsText(trace)}${trace === conflict.current ? '  (current)' : ''}`,
      );
  }
  const [failure] = runs.failures(step.id);
  if (failure !== undefined && (history[0] === undefined || failure.at > history[0].at)) {
    lines.push(
      `  ${style.bad('last attempt failed')} (${failure.ending}, ${formatTime(failure.at)}): ${failure.message}`,
    );
  }
  return lines;
}

function verdictLines(verdict: PlannedStep['verdict'], history: readonly Trace[], style: Style): string[] {
  if (verdict.type === 'waits') return [`  ${style.warn('waits')} for ${verdict.on.join(', ')}`];
  if (verdict.type === 'miss')
    return verdict.reasons.map(({ type, detail }) => `  ${style.accent(`miss: ${type}`)}  ${detail}`);
  const { trace } = verdict;
  const lines = [
    `  ${style.good('hit')}  executed ${formatTime(trace.at)} in ${duration(trace.cost.wall)}, run ${trace.run}`,
  ];
  const before = history.find((other) => other.key !== trace.key && other.at < trace.at);
  const then =
    before === undefined
      ? ['it had never been executed']
      : changes(before.parts, trace.parts).map(({ detail }) => detail);
  return [...lines, ...then.map((detail) => `  then because  ${detail}`)];
}

function partLines(parts: KeyParts, style: Style): string[] {
  const rows: [string, string][] = [['code', shortDigest(parts.code)]];
  for (const [name, value] of Object.entries(parts.case)) rows.push([`case.${name}`, String(value)]);
  for (const [name, value] of Object.entries(parts.params))
    if (!(name in parts.case)) rows.push([`params.${name}`, canonicalJson(value)]);
  for (const [role, input] of Object.entries(parts.inputs))
    rows.push([role, typeof input === 'string' ? shortDigest(input) : `${input.length} cases`]);
  if (parts.stream !== undefined) rows.push(['random stream', shortDigest(parts.stream)]);
  for (const [name, value] of Object.entries(parts.environment)) rows.push([name, value]);
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => style.dim(`    ${name.padEnd(width)}  ${value}`));
}

function outsText(trace: Trace): string {
  return Object.entries(trace.outs)
    .map(([role, { digest }]) => `${role} ${shortDigest(digest)}`)
    .join(', ');
}
