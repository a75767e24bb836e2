/** `colophon resolve`: lists conflicts, or chooses which result of a key is current. */
import { listed, shortDigest } from '../../base/text.ts';
import { formatTime } from '../../base/time.ts';
import { Fault } from '../../model/fault.ts';
import { type StepId, sortedStepId } from '../../model/case.ts';
import type { Store } from '../../model/store.ts';
import type { Conflict, Trace } from '../../model/trace.ts';
import { aligned, print, printJson, stdoutStyle } from '../output.ts';
import { type ProjectFlags, openSite } from '../site.ts';
import type { Style } from '../view/style.ts';

export interface ResolveFlags extends ProjectFlags {
  readonly json?: boolean;
}

export async function resolveCommand(
  step: string | undefined,
  attempt: string | undefined,
  flags: ResolveFlags,
): Promise<void> {
  const { store } = openSite(flags, attempt === undefined ? 'read' : 'write');
  try {
    const conflicts = step === undefined ? store.traces.conflicts() : choicesOf(store, sortedStepId(step));
    if (step !== undefined && conflicts.length === 0)
      throw new Fault('usage', `${step} has no conflict; \`colophon resolve\` lists those there are`);
    if (attempt === undefined)
      return flags.json ? printJson(conflicts) : print(listLines(conflicts, stdoutStyle()));
    const conflict = conflicts.find((each) => tracesOf(each).some((trace) => trace.attempt === attempt));
    if (conflict === undefined) throw new Fault('usage', unknownAttempt(conflicts, attempt));
    await store.traces.resolve(conflict.key, attempt);
    print(
      `${step}: the result of ${attempt} is current now; \`colophon run\` brings what needs it up to date`,
    );
  } finally {
    await store.close();
  }
}

/** Every key of a step with more than one result, those included between which a choice was made before. */
function choicesOf({ traces }: Store, step: StepId): Conflict[] {
  const sound = traces.ofStep(step).filter(({ torn }) => !torn);
  return [...Map.groupBy(sound, ({ key }) => key)].flatMap(([key, results]) => {
    if (results.length < 2) return [];
    const attempt = (traces.find(key) ?? results[0])?.attempt;
    const current = results.find((trace) => trace.attempt === attempt) as Trace;
    return [{ key, step, current, others: results.filter((trace) => trace !== current) }];
  });
}

const tracesOf = ({ current, others }: Conflict): Trace[] => [current, ...others];

function unknownAttempt(conflicts: readonly Conflict[], attempt: string): string {
  const known = conflicts.flatMap(tracesOf).map((trace) => trace.attempt);
  return `${attempt} is no attempt in this conflict; choose one of ${listed(known)}`;
}

function listLines(conflicts: readonly Conflict[], style: Style): string[] {
  if (conflicts.length === 0) return ['no conflicts: every key has one result'];
  return conflicts.flatMap((conflict) => [
    `${style.strong(conflict.step)}  ${style.dim(`key ${shortDigest(conflict.key)}`)}`,
    ...aligned(tracesOf(conflict).map((trace) => traceRow(trace, trace === conflict.current, style))),
    `  choose: colophon resolve ${conflict.step} <attempt>`,
  ]);
}

function traceRow(trace: Trace, isCurrent: boolean, style: Style): string[] {
  const outs = Object.entries(trace.outs).map(([role, { digest }]) => `${role} ${shortDigest(digest)}`);
  return [
    `  ${trace.attempt}`,
    formatTime(trace.at),
    outs.join(', '),
    isCurrent ? style.good('(current)') : '',
  ];
}
