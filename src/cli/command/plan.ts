/** `colophon plan` (and `run -n`): what would be executed, and why. Writes nothing. */
import { counted, groupDigits, listed } from '../../base/text.ts';
import { duration } from '../../base/time.ts';
import type { Outlook } from '../../engine/outlook.ts';
import type { PlannedStep, Reason } from '../../model/plan.ts';
import { codeReasons } from '../code-reasons.ts';
import { exits } from '../exit.ts';
import { aligned, print, printJson, stdoutStyle } from '../output.ts';
import { withPlan } from '../reading.ts';
import type { ProjectFlags } from '../site.ts';
import { reasonText } from '../view/lines.ts';
import type { Style } from '../view/style.ts';

export interface PlanFlags extends ProjectFlags {
  readonly force?: boolean;
  readonly verbose?: boolean;
  readonly json?: boolean;
  /** Exit 1 where something would be executed. */
  readonly check?: boolean;
}

/** Prints the plan to stdout. */
export async function planCommand(targets: readonly string[], flags: PlanFlags): Promise<void> {
  await withPlan(flags, targets, (reading) => {
    const { plan } = reading.seen;
    const reasonsOf = codeReasons(reading);
    if (flags.json) printJson(planData(reading.seen, reasonsOf));
    else print(planLines(reading.seen, reasonsOf, flags.verbose ?? false, stdoutStyle()));
    const open = plan.steps.some(({ verdict }) => verdict.type !== 'hit') || plan.waiting.length > 0;
    if (flags.check === true && open) process.exitCode = exits.failed;
  });
}

type ReasonsOf = (planned: PlannedStep) => readonly Reason[];

/** The plan as data: one record a step. */
function planData({ plan }: Outlook, reasonsOf: ReasonsOf): object {
  const steps = plan.steps.map((planned) => {
    const { step, verdict, price } = planned;
    const about =
      verdict.type === 'waits'
        ? { on: verdict.on }
        : { key: verdict.key, ...(verdict.type === 'miss' ? { reasons: reasonsOf(planned) } : {}) };
    return { step: step.id, verdict: verdict.type, ...about, price };
  });
  return { steps, waiting: plan.waiting };
}

function planLines({ plan }: Outlook, reasonsOf: ReasonsOf, verbose: boolean, style: Style): string[] {
  const shown = plan.steps.filter(({ verdict }) => verbose || verdict.type !== 'hit');
  const rows = shown.map((planned) => stepRow(planned, reasonsOf, style));
  for (const { stage, on } of plan.waiting)
    rows.push([style.warn('waits'), stage, '', style.dim(`its cases are the items of ${listed(on, 3)}`)]);
  return [...aligned(rows), summaryLine(plan.steps, plan.waiting.length, style)];
}

function stepRow(planned: PlannedStep, reasonsOf: ReasonsOf, style: Style): string[] {
  const { step, verdict, price } = planned;
  const cost = price === undefined || verdict.type === 'hit' ? '' : style.dim(`~${duration(price)}`);
  switch (verdict.type) {
    case 'hit':
      return [style.good('hit'), step.id, '', ''];
    case 'miss':
      return [style.accent('miss'), step.id, cost, reasonText(reasonsOf(planned))];
    case 'waits':
      return [style.warn('waits'), step.id, cost, style.dim(`for ${listed(verdict.on, 3)}`)];
  }
}

function summaryLine(steps: readonly PlannedStep[], waiting: number, style: Style): string {
  const count = (type: string) => steps.filter(({ verdict }) => verdict.type === type).length;
  if (count('hit') === steps.length && waiting === 0)
    return `${style.good('✓')} up to date: ${counted(steps.length, 'step')}`;
  const open = steps.filter(({ verdict }) => verdict.type !== 'hit');
  const price = open.reduce((sum, { price: each }) => sum + (each ?? 0), 0);
  const unpriced = open.some(({ price: each }) => each === undefined);
  const parts = [
    counted(count('hit'), 'hit'),
    counted(count('miss'), 'miss', 'misses'),
    `${groupDigits(count('waits'))} waiting`,
  ];
  const work = price > 0 ? `, ${unpriced ? 'over' : 'about'} ${duration(price)} of work` : '';
  return style.strong(`${counted(steps.length, 'step')}: ${parts.join(', ')}${work}`);
}
