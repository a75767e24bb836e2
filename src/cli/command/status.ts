/** `colophon status`: how every stage stands, and the claims. */
import { counted, groupDigits, listed } from '../../base/text.ts';
import { isBadNews } from '../../model/claim-status.ts';
import type { PlannedStep, Reason } from '../../model/plan.ts';
import { judgeClaims } from '../../provenance/claims.ts';
import { outsFinder, trustFinder } from '../../provenance/standing.ts';
import type { FindTrust } from '../../provenance/trust.ts';
import { codeReasons } from '../code-reasons.ts';
import { exits } from '../exit.ts';
import { aligned, print, printJson, stdoutStyle } from '../output.ts';
import { inFileOrder } from '../project.ts';
import { type Reading, withPlan } from '../reading.ts';
import type { ProjectFlags } from '../site.ts';
import { claimsLine } from '../summary.ts';
import { leastTrust, trustSum } from '../trust-lines.ts';
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
    if (flags.json) printJson(statusData(reading));
    else print(statusLines(reading, stdoutStyle()));
    if (flags.check === true && stale) process.exitCode = exits.failed;
  });
}

/** Stages in the order of the file, each with its steps in the plan. */
function byStage({ seen, pipeline }: Reading): [string, PlannedStep[]][] {
  const groups = Map.groupBy(seen.plan.steps, ({ step }) => step.stage.name);
  return inFileOrder(pipeline).flatMap((name) => {
    const steps = groups.get(name);
    return steps === undefined ? [] : [[name, steps] as [string, PlannedStep[]]];
  });
}

const count = (steps: readonly PlannedStep[], type: string) =>
  steps.filter(({ verdict }) => verdict.type === type).length;

const trustsOf = (steps: readonly PlannedStep[], trusts: FindTrust) =>
  steps.flatMap(({ step }) => trusts(step.id) ?? []);

function statusData(reading: Reading): object {
  const trusts = trustFinder(reading);
  const stages = byStage(reading).map(([stage, steps]) => ({
    stage,
    steps: steps.length,
    hits: count(steps, 'hit'),
    misses: count(steps, 'miss'),
    waits: count(steps, 'waits'),
    trust: leastTrust(trustsOf(steps, trusts)),
  }));
  const claims = judgeClaims(reading.pipeline, reading.context.store, outsFinder(reading));
  return { stages, waiting: reading.seen.plan.waiting, claims };
}

function statusLines(reading: Reading, style: Style): string[] {
  const reasonsOf = codeReasons(reading);
  const trusts = trustFinder(reading);
  const rows = byStage(reading).map(([stage, steps]) => {
    const worth = style.dim(leastTrust(trustsOf(steps, trusts)) ?? '');
    return stageRow(stage, steps, reasonsOf, worth, style);
  });
  const levels = trustsOf(reading.seen.plan.steps, trusts).map(({ level }) => level);
  const sum = levels.length === 0 ? [] : [`  ${trustSum(levels, 'step')}`];
  for (const { stage, on } of reading.seen.plan.waiting)
    rows.push([style.warn('…'), stage, 'waiting', style.dim(`for the items of ${listed(on, 3)}`)]);
  const judgements = judgeClaims(reading.pipeline, reading.context.store, outsFinder(reading));
  const bad = judgements.some(isBadNews);
  const hint = bad ? style.dim('  (colophon claims says which)') : '';
  const claims = judgements.length > 0 ? [`${claimsLine(judgements, style)}${hint}`] : [];
  return [...aligned(rows), ...claims, ...sum];
}

function stageRow(
  name: string,
  steps: readonly PlannedStep[],
  reasonsOf: (planned: PlannedStep) => readonly Reason[],
  worth: string,
  style: Style,
): string[] {
  const [hits, misses, waits] = [count(steps, 'hit'), count(steps, 'miss'), count(steps, 'waits')];
  if (hits === steps.length) return [style.good('✓'), name, style.dim(counted(hits, 'hit')), worth, ''];
  const first = steps.find(({ verdict }) => verdict.type === 'miss');
  const parts = [
    hits > 0 ? counted(hits, 'hit') : '',
    misses > 0 ? counted(misses, 'miss', 'misses') : '',
    waits > 0 ? `${groupDigits(waits)} waiting` : '',
  ];
  const mark = misses > 0 ? style.accent('▸') : style.warn('…');
  const why = first === undefined ? '' : style.dim(reasonText(reasonsOf(first)));
  return [mark, name, parts.filter((part) => part !== '').join(', '), worth, why];
}
