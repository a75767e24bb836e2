/** `colophon status`: how every stage stands, and the claims. */
import { counted, groupDigits } from '../../base/text.ts';
import type { PlannedStep } from '../../model/plan.ts';
import { judgeClaims } from '../../provenance/claims.ts';
import { exits } from '../exit.ts';
import type { ProjectFlags } from '../site.ts';
import { print, stdoutStyle } from '../output.ts';
import { type Reading, outsFinder, withPlan } from '../reading.ts';
import { claimsLine } from '../summary.ts';
import { reasonText } from '../view/lines.ts';
import type { Style } from '../view/style.ts';

export interface StatusFlags extends ProjectFlags {
  readonly check?: boolean;
  readonly json?: boolean;
}

export async function statusCommand(targets: readonly string[], flags: StatusFlags): Promise<void> {
  await withPlan(flags, targets, (reading) => {
    const { plan } = reading.seen;
    const stale = plan.waiting.length > 0 || plan.steps.some(({ verdict }) => verdict.type !== 'hit');
    print(
      flags.json ? JSON.stringify(statusData(reading), undefined, 2) : statusLines(reading, stdoutStyle()),
    );
    if (flags.check === true && stale) process.exitCode = exits.failed;
  });
}

function byStage({ seen }: Reading): [string, PlannedStep[]][] {
  return [...Map.groupBy(seen.plan.steps, ({ step }) => step.stage.name)];
}

function statusData(reading: Reading): object {
  const count = (steps: readonly PlannedStep[], type: string) =>
    steps.filter(({ verdict }) => verdict.type === type).length;
  const stages = byStage(reading).map(([stage, steps]) => ({
    stage,
    steps: steps.length,
    hits: count(steps, 'hit'),
    misses: count(steps, 'miss'),
    waits: count(steps, 'waits'),
  }));
  const claims = judgeClaims(reading.pipeline, reading.context.store, outsFinder(reading));
  return { stages, waiting: reading.seen.plan.waiting, claims };
}

function statusLines(reading: Reading, style: Style): string[] {
  const stages = byStage(reading);
  const width = Math.max(8, ...stages.map(([stage]) => stage.length));
  const lines = stages.map(([stage, steps]) => stageLine(stage.padEnd(width), steps, style));
  for (const { stage, on } of reading.seen.plan.waiting)
    lines.push(`${style.warn('…')} ${stage.padEnd(width)}  waits for the items of ${on.join(', ')}`);
  const judgements = judgeClaims(reading.pipeline, reading.context.store, outsFinder(reading));
  if (judgements.length > 0) lines.push('', claimsLine(judgements, style));
  return lines;
}

function stageLine(name: string, steps: readonly PlannedStep[], style: Style): string {
  const hits = steps.filter(({ verdict }) => verdict.type === 'hit').length;
  if (hits === steps.length) return `${style.good('✓')} ${name}  ${style.dim(counted(hits, 'hit'))}`;
  const misses = steps.filter(({ verdict }) => verdict.type === 'miss');
  const waits = steps.length - hits - misses.length;
  const why =
    misses[0]?.verdict.type === 'miss' ? style.dim(`  ${reasonText(misses[0].verdict.reasons)}`) : '';
  const parts = [
    hits > 0 ? counted(hits, 'hit') : '',
    misses.length > 0 ? counted(misses.length, 'miss', 'misses') : '',
    waits > 0 ? `${groupDigits(waits)} waiting` : '',
  ];
  const mark = misses.length > 0 ? style.accent('▸') : style.warn('…');
  return `${mark} ${name}  ${parts.filter((part) => part !== '').join(', ')}${why}`;
}
