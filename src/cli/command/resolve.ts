/** `colophon resolve`: lists conflicts, or chooses which result of a key is current. */
import { shortDigest } from '../../base/digest.ts';
import { Fault } from '../../model/fault.ts';
import type { Conflict } from '../../model/trace.ts';
import { type ProjectFlags, openProject } from '../project.ts';
import { formatTime, print } from '../reading.ts';

export async function resolveCommand(
  step: string | undefined,
  attempt: string | undefined,
  flags: ProjectFlags,
): Promise<void> {
  const { context } = await openProject(flags);
  try {
    const conflicts = context.store.traces.conflicts();
    if (step === undefined || attempt === undefined) return print(listLines(conflicts, step));
    const conflict = conflicts.find((each) => each.step === step);
    if (conflict === undefined)
      throw new Fault('usage', `${step} has no conflict; \`colophon resolve\` lists those there are`);
    await context.store.traces.resolve(conflict.key, attempt);
    print(
      `${step}: the result of ${attempt} is current now; \`colophon run\` brings what needs it up to date`,
    );
  } finally {
    await context.store.close();
  }
}

function listLines(conflicts: readonly Conflict[], step: string | undefined): string[] {
  const shown = conflicts.filter((each) => step === undefined || each.step === step);
  if (shown.length === 0) return ['no conflicts: every key has one result'];
  return shown.flatMap(({ step: id, key, current, others }) => [
    `${id}  key ${shortDigest(key)}`,
    ...[current, ...others].map((trace) => {
      const outs = Object.entries(trace.outs).map(([role, { digest }]) => `${role} ${shortDigest(digest)}`);
      return `  ${trace.attempt}  ${formatTime(trace.at)}  ${outs.join(', ')}${trace === current ? '  (current)' : ''}`;
    }),
    `  choose: colophon resolve ${id} <attempt>`,
  ]);
}
