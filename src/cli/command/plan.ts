/** `colophon plan` (and `run -n`): what would be executed, and why. Writes nothing. */
import { counted, duration, groupDigits } from '../../base/text.ts';
import { probe } from '../../executors/probe.ts';
import { type Outlook, outlook } from '../../engine/outlook.ts';
import type { PlannedStep } from '../../model/plan.ts';
import { exits } from '../exit.ts';
import { type ProjectFlags, openProject } from '../project.ts';
import { machineVersions } from '../tool.ts';
import { reasonText } from '../view/lines.ts';
import { type Style, styleFor } from '../view/style.ts';

export interface PlanFlags extends ProjectFlags {
  readonly force?: boolean;
  readonly verbose?: boolean;
  readonly json?: boolean;
  /** Exit 1 where something would be executed. */
  readonly check?: boolean;
}

/** Prints the plan to stdout. */
export async function planCommand(targets: readonly string[], flags: PlanFlags): Promise<void> {
  const project = await openProject(flags, 'read');
  try {
    const options = { targets, force: flags.force ?? false, probe, versions: machineVersions() };
    const seen = await outlook(project.context, project.pipeline, options);
    const lines = flags.json
      ? [JSON.stringify(planData(seen), undefined, 2)]
      : planLines(seen, flags.verbose ?? false, styleFor(process.stdout, process.env));
    process.stdout.write(`${lines.join('\n')}\n`);
    const open =
      seen.plan.steps.some(({ verdict }) => verdict.type !== 'hit') || seen.plan.waiting.length > 0;
    if (flags.check === true && open) process.exitCode = exits.failed;
  } finally {
    await project.context.store.close();
  }
}

/** The plan as data: one record a step. */
export function planData({ plan }: Outlook): object {
  const steps = plan.steps.map(({ step, verdict, price }) => ({
    step: step.id,
    verdict: verdict.type,
    ...(verdict.type === 'miss'
      ? { key: verdict.key, reasons: verdict.reasons }
      : verdict.type === 'hit'
        ? { key: verdict.key }
        : { on: verdict.on }),
    price,
  }));
  return { steps, waiting: plan.waiting };
}

function planLines({ plan }: Outlook, verbose: boolean, style: Style): string[] {
  const shown = plan.steps.filter(({ verdict }) => verbose || verdict.type !== 'hit');
  const width = Math.min(44, Math.max(0, ...shown.map(({ step }) => step.id.length)));
  const lines = shown.map((planned) => stepLine(planned, width, style));
  for (const { stage, on } of plan.waiting)
    lines.push(
      `${style.warn('waits')}  ${stage.padEnd(width)}  ${style.dim(`its cases are the items of ${on.join(', ')}`)}`,
    );
  return [...lines, summaryLine(plan.steps, plan.waiting.length, style)];
}

function stepLine({ step, verdict, price }: PlannedStep, width: number, style: Style): string {
  const name = step.id.padEnd(width);
  const cost = price === undefined ? '' : style.dim(`  ~${duration(price)}`);
  switch (verdict.type) {
    case 'hit':
      return `${style.good('hit')}    ${name}`;
    case 'miss':
      return `${style.accent('miss')}   ${name}  ${reasonText(verdict.reasons)}${cost}`;
    case 'waits':
      return `${style.warn('waits')}  ${name}  ${style.dim(`for ${verdict.on.slice(0, 3).join(', ')}${verdict.on.length > 3 ? ` and ${verdict.on.length - 3} more` : ''}`)}${cost}`;
  }
}

function summaryLine(steps: readonly PlannedStep[], waiting: number, style: Style): string {
  const count = (type: string) => steps.filter(({ verdict }) => verdict.type === type).length;
  if (count('hit') === steps.length && waiting === 0)
    return `${style.good('✓')} up to date: ${counted(steps.length, 'step')}`;
  const price = steps.reduce(
    (sum, { verdict, price: each }) => sum + (verdict.type === 'hit' ? 0 : (each ?? 0)),
    0,
  );
  const parts = [
    `${groupDigits(count('hit'))} hit`,
    `${groupDigits(count('miss'))} miss`,
    `${groupDigits(count('waits'))} wait`,
  ];
  return style.strong(
    `${counted(steps.length, 'step')}: ${parts.join(', ')}${price > 0 ? ` · about ${duration(price)} of work` : ''}`,
  );
}
