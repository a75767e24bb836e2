/** `colophon audit`: hashes the store again, executes recorded steps again, and names every difference. */
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { byCodeUnit } from '../../base/canonical.ts';
import { probe } from '../../executors/probe.ts';
import { outlook } from '../../engine/outlook.ts';
import type { AuditRecord } from '../../model/audit.ts';
import { Fault } from '../../model/fault.ts';
import type { AuditVerdict, Recorded } from '../../provenance/audit.ts';
import {
  auditPublished,
  auditRecord,
  auditStore,
  priceOf,
  sampleWithin,
} from '../../provenance/audit-all.ts';
import { type Audited, type Findings, auditLines } from '../audit/lines.ts';
import { type Repetition, repeat } from '../audit/repeat.ts';
import { type Variation, nodeVariation, plain, single, together } from '../audit/variations.ts';
import { type ExitCode, exits, worst } from '../exit.ts';
import { onInterrupts } from '../interrupts.ts';
import { wholeNumber } from '../numbers.ts';
import { print, printJson, stdoutStyle } from '../output.ts';
import { type Project, openProject } from '../project.ts';
import type { ProjectFlags } from '../site.ts';
import { machineVersions } from '../tool.ts';

export interface AuditFlags extends ProjectFlags {
  readonly budget?: string;
  readonly seed?: string;
  readonly vary?: boolean;
  readonly node?: readonly string[];
  readonly jobs?: string;
  readonly json?: boolean;
}

/** Sets exit code 3 for other bytes, 1 where a step could not be executed again, 130 where it was interrupted. */
export async function auditCommand(targets: readonly string[], flags: AuditFlags): Promise<void> {
  const budget = readBudget(flags.budget);
  const jobs = wholeNumber('--jobs', flags.jobs, 1) ?? availableParallelism();
  const seed = flags.seed ?? randomBytes(4).toString('hex');
  const variations = [
    plain,
    ...(flags.vary === true ? [together] : []),
    ...(flags.node ?? []).map(nodeVariation),
  ];
  const project = await openProject(flags);
  const { store, root } = project.context;
  const interrupts = onInterrupts(() => undefined);
  try {
    const started = performance.now();
    const bytes = await auditStore(store);
    const published = auditPublished(root, store.published.list(project.pipeline.profile));
    const recorded = await recordedSteps(project, targets);
    const share = budget / variations.length;
    const sample = sampleWithin(recorded, share, jobs, seed);
    const repetition = { project, bytes, jobs, signal: interrupts.stop };
    const { audited, open } = await repeatAll(repetition, sample.chosen, variations, share);
    const tried = new Set(audited.map(({ step }) => step));
    const left = [...sample.left, ...open.filter(({ step }) => !tried.has(step.id))];
    const begun = open.filter(({ step }) => tried.has(step.id));
    const wall = performance.now() - started;
    const findings = { bytes, published, audited, left, begun, budget, seed, wall };
    if (flags.json) printJson(dataOf(findings));
    else print(auditLines(findings, stdoutStyle()));
    process.exitCode = exitOf(findings, interrupts.signal());
  } finally {
    interrupts.release();
    await store.close();
  }
}

/** `90s`, `5m`, `1h`; without one everything is audited. */
function readBudget(text: string | undefined): number {
  if (text === undefined) return Infinity;
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(s|m|h)$/.exec(text) ?? [];
  if (amount === undefined)
    throw new Fault('usage', `--budget takes a time such as 90s, 5m or 1h, found "${text}"`);
  return Number(amount) * { s: 1000, m: 60_000, h: 3_600_000 }[unit as 's' | 'm' | 'h'];
}

/** What stands recorded for each wanted step: the plan's own trace, else the newest. */
async function recordedSteps(
  { context, pipeline }: Project,
  targets: readonly string[],
): Promise<Recorded[]> {
  const options = { targets, force: false, probe, versions: machineVersions() };
  const { plan, selection } = await outlook(context, pipeline, options);
  return plan.steps.flatMap(({ step, verdict }) => {
    if (!selection.named.has(step.id)) return [];
    const trace = verdict.type === 'hit' ? verdict.trace : context.store.traces.newest(step.id);
    return trace === undefined ? [] : [{ step, trace }];
  });
}

interface Repeated {
  readonly audited: readonly Audited[];
  /** Steps that were not reached under every variation. */
  readonly open: readonly Recorded[];
}

/**
 * Every step under every variation, each of which has `share` milliseconds; where a varied one differs, once more for
 * each thing by itself, whatever time that takes.
 */
async function repeatAll(
  repetition: Repetition,
  chosen: readonly Recorded[],
  variations: readonly Variation[],
  share: number,
): Promise<Repeated> {
  const audited: Audited[] = [];
  const open = new Set<Recorded>();
  const steady = new Set(chosen);
  for (const variation of variations) {
    const odd: [Recorded, AuditVerdict][] = [];
    const tell = (recorded: Recorded, verdict: AuditVerdict) => {
      const isOdd = verdict.type === 'differs' || verdict.type === 'failed';
      if (variation === plain && verdict.type !== 'same') steady.delete(recorded);
      if (isOdd && variation === together) odd.push([recorded, verdict]);
      else audited.push({ step: recorded.step.id, variation: variation.name, verdict });
    };
    const end = performance.now() + share;
    const fits = (recorded: Recorded) => performance.now() + priceOf(recorded) <= end;
    for (const each of await repeatOnce(repetition, [...steady], variation, tell, fits)) {
      open.add(each);
      // What was not repeated as recorded is not varied.
      if (variation === plain) steady.delete(each);
    }
    for (const [recorded, verdict] of odd)
      audited.push(...(await nameCulprit(repetition, recorded, verdict)));
  }
  return { audited: audited.sort(byStep), open: [...open] };
}

const byStep = (a: Audited, b: Audited) => byCodeUnit(a.step, b.step);

/** Which of the things that were varied together makes the difference by itself. */
async function nameCulprit(
  repetition: Repetition,
  recorded: Recorded,
  verdict: AuditVerdict,
): Promise<Audited[]> {
  const found: Audited[] = [];
  const step = recorded.step.id;
  for (const variation of single)
    await repeat(repetition, [recorded], variation, (_, alone) => {
      if (alone.type !== 'same') found.push({ step, variation: variation.name, verdict: alone });
    });
  return found.length > 0 ? found : [{ step, variation: 'varied together, or by chance', verdict }];
}

/** Keeps each verdict in the store as it is known: an audit that is cut short was not in vain. */
async function repeatOnce(
  repetition: Repetition,
  chosen: readonly Recorded[],
  variation: Variation,
  tell: (recorded: Recorded, verdict: AuditVerdict) => void,
  fits: (recorded: Recorded) => boolean,
): Promise<readonly Recorded[]> {
  const { store, now } = repetition.project.context;
  const kept: Promise<void>[] = [];
  const { name, machine } = variation;
  const keep = (recorded: Recorded, verdict: AuditVerdict) => {
    const told = { variation: name, machine, at: now() };
    const record: AuditRecord | undefined = auditRecord(recorded, verdict, told);
    if (record !== undefined) kept.push(store.audits.add([record]));
    tell(recorded, verdict);
  };
  const left = await repeat(repetition, chosen, variation, keep, fits);
  await Promise.all(kept);
  return left;
}

function dataOf({ bytes, published, audited, left, begun, budget, seed, wall }: Findings): object {
  const sample = budget === Infinity ? undefined : { budget, seed };
  const idsOf = (list: readonly Recorded[]) => list.map(({ step }) => step.id);
  return { store: bytes, published, steps: audited, sample, left: idsOf(left), begun: idsOf(begun), wall };
}

function exitOf({ bytes, published, audited }: Findings, signal?: 'SIGINT' | 'SIGTERM'): ExitCode {
  const has = (type: AuditVerdict['type']) => audited.some(({ verdict }) => verdict.type === type);
  const isOther = bytes.damaged.length > 0 || published.some(({ status }) => status === 'edited');
  const interrupted = signal === 'SIGINT' ? exits.interrupted : exits.terminated;
  return worst([
    ...(isOther || has('differs') ? [exits.bytes] : []),
    ...(has('failed') ? [exits.failed] : []),
    ...(signal === undefined ? [] : [interrupted]),
  ]);
}
