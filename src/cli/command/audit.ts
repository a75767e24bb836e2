/** `colophon audit`: hashes the store again, executes recorded steps again, and names every difference. */
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { shortDigest } from '../../base/digest.ts';
import { counted, duration, listed } from '../../base/text.ts';
import { commandExecutor } from '../../executors/command.ts';
import { dispatch } from '../../executors/dispatch.ts';
import { probe } from '../../executors/probe.ts';
import { workerExecutor } from '../../executors/worker.ts';
import { outlook } from '../../engine/outlook.ts';
import { Fault } from '../../model/fault.ts';
import type { AuditVerdict, Recorded } from '../../provenance/audit.ts';
import { type StoreAudit, auditSteps, auditStore, sampleWithin } from '../../provenance/audit-all.ts';
import { agreeBy } from '../../../store/compare.ts';
import { exits, worst } from '../exit.ts';
import { wholeNumber } from '../numbers.ts';
import { print, printJson, stdoutStyle } from '../output.ts';
import { type Project, openProject } from '../project.ts';
import { type ProjectFlags, storeFolder } from '../site.ts';
import { distFile, machineVersions } from '../tool.ts';
import type { Style } from '../view/style.ts';

export interface AuditFlags extends ProjectFlags {
  readonly budget?: string;
  readonly vary?: boolean;
  readonly jobs?: string;
  readonly json?: boolean;
}

interface Audited {
  readonly step: string;
  readonly variation: string;
  readonly verdict: AuditVerdict;
}

/** Sets exit code 3 for other bytes, 1 where a step could not be executed again. */
export async function auditCommand(targets: readonly string[], flags: AuditFlags): Promise<void> {
  const budget = readBudget(flags.budget);
  const jobs = wholeNumber('--jobs', flags.jobs, 1) ?? availableParallelism();
  const project = await openProject(flags);
  const { store } = project.context;
  try {
    const bytes = await auditStore(store);
    const recorded = await recordedSteps(project, targets);
    const variations = flags.vary ? [plain, abroad] : [plain];
    const { chosen, left } = sampleWithin(recorded, budget / variations.length, jobs);
    const audited: Audited[] = [];
    for (const variation of variations) {
      const at = Math.max(1, jobs + variation.jobs);
      audited.push(...(await auditOnce(project, bytes, chosen, variation, at)));
    }
    remember(project, chosen, audited);
    await store.flush();
    if (flags.json) printJson({ store: bytes, steps: audited, left: left.map(({ step }) => step.id) });
    else print(lines({ bytes, audited, left, budget }, stdoutStyle()));
    process.exitCode = exitOf(bytes, audited);
  } finally {
    await store.close();
  }
}

interface Variation {
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
  /** More or fewer steps at once. */
  readonly jobs: number;
}

const plain: Variation = { name: 'as recorded', environment: {}, jobs: 0 };
const abroad: Variation = {
  name: 'in Turkish, in Kathmandu',
  environment: { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
  jobs: 1,
};

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

async function auditOnce(
  { context }: Project,
  { damaged }: StoreAudit,
  chosen: readonly Recorded[],
  { name, environment }: Variation,
  jobs: number,
): Promise<Audited[]> {
  const { root, store } = context;
  const folder = join(storeFolder(root), 'scratch', `audit-${process.pid}`);
  const places = { entry: distFile('worker.js'), folder: storeFolder(root), root, environment };
  const executor = dispatch({
    bundle: workerExecutor({ ...places, workers: jobs, steps: 1 }),
    command: commandExecutor(),
  });
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  const audited: Audited[] = [];
  try {
    const site = {
      root,
      store,
      folder,
      executor,
      agree: agreeBy,
      damaged: new Set(damaged.map(({ digest }) => digest)),
      environment,
      signal: stop.signal,
    };
    await auditSteps(site, chosen, jobs, ({ step }, verdict) =>
      audited.push({ step: step.id, variation: name, verdict }),
    );
    if (stop.signal.aborted) throw new Fault('usage', 'the audit was interrupted; nothing is said of it');
  } finally {
    process.off('SIGINT', interrupt);
    await executor.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return audited.sort((a, b) => (a.step < b.step ? -1 : a.step > b.step ? 1 : 0));
}

/** Keeps the verdict on each record beside it: `same` only where every variation gave the same. */
function remember({ context }: Project, chosen: readonly Recorded[], audited: readonly Audited[]): void {
  for (const { step, trace } of chosen) {
    const verdicts = audited.filter((each) => each.step === step.id);
    if (verdicts.some(({ verdict }) => verdict.type === 'skipped')) continue;
    const same = verdicts.every(({ verdict }) => verdict.type === 'same');
    const { attempt } = trace;
    const variations = verdicts.map(({ variation }) => variation);
    const value = { attempt, same, at: context.now(), variations, machine: machineVersions() };
    context.store.memos.set('audit', trace.key, JSON.stringify(value));
  }
}

function exitOf({ damaged }: StoreAudit, audited: readonly Audited[]) {
  const has = (type: AuditVerdict['type']) => audited.some(({ verdict }) => verdict.type === type);
  return worst([
    ...(damaged.length > 0 || has('differs') ? [exits.bytes] : []),
    ...(has('failed') ? [exits.failed] : []),
  ]);
}

interface Findings {
  readonly bytes: StoreAudit;
  readonly audited: readonly Audited[];
  readonly left: readonly Recorded[];
  readonly budget: number;
}

function lines({ bytes, audited, left, budget }: Findings, style: Style): string[] {
  const damaged = bytes.damaged.map(
    ({ digest, status, outs }) =>
      `${style.bad('✗')} artifact ${digest} is ${status}${outs.length > 0 ? `: ${listed(outs)}` : ''}`,
  );
  const told = audited.flatMap((each) => verdictLines(each, style));
  const count = (type: AuditVerdict['type']) => audited.filter(({ verdict }) => verdict.type === type).length;
  const near = audited.filter(({ verdict }) => verdict.type === 'same' && verdict.by !== 'bytes').length;
  const parts = [
    `${count('same') - near} byte for byte`,
    near > 0 ? `${near} as the declared comparison allows` : '',
    count('differs') > 0 ? style.bad(`${count('differs')} differently`) : '',
    count('failed') > 0 ? style.bad(`${count('failed')} not at all`) : '',
    count('skipped') > 0 ? `${count('skipped')} could not be tried` : '',
  ].filter((part) => part !== '');
  const mark = damaged.length + count('differs') + count('failed') === 0 ? style.good('✓') : style.bad('✗');
  const rest =
    left.length === 0
      ? []
      : [
          `  ${counted(left.length, 'step')} not tried: the cheapest came first, and ${duration(budget)} hold no more`,
        ];
  return [
    ...damaged,
    ...told,
    `${damaged.length === 0 ? style.good('✓') : style.bad('✗')} ${counted(bytes.artifacts, 'artifact')} hashed again, ${damaged.length === 0 ? 'all sound' : `${damaged.length} not what the name says`}`,
    `${mark} ${counted(audited.length, 'execution')} repeated from the store: ${parts.join(', ')}`,
    ...rest,
  ];
}

function verdictLines({ step, variation, verdict }: Audited, style: Style): string[] {
  const name = variation === plain.name ? step : `${step} (${variation})`;
  if (verdict.type === 'failed') return [`${style.bad('✗')} ${name} failed: ${verdict.message}`];
  if (verdict.type === 'skipped') return [`${style.warn('!')} ${name} not tried: ${verdict.because}`];
  if (verdict.type === 'same') return [];
  return verdict.differences.flatMap(({ role, recorded, now, first }) => [
    `${style.bad('✗')} ${name}, ${role}: ${first}`,
    style.dim(`    recorded ${spell(recorded)}, now ${spell(now)}`),
  ]);
}

/** Digests are told in their first digits; evidence as it is. */
const spell = (text: string) => (/^[0-9a-f]{64}$/.test(text) ? shortDigest(text) : text);
