/** Executes a bundle's steps again from what it holds, and compares. */
import { byCodeUnit } from '../../base/canonical.ts';
import type { Probe } from '../../engine/decide.ts';
import type { Content } from '../export/content.ts';
import type { Digest } from '../../base/digest.ts';
import type { AuditSite, AuditVerdict, Recorded } from '../audit.ts';
import { auditSteps, priceOf } from '../audit-all.ts';
import { byWorth, isProgram } from './sample.ts';

export interface ExecutionPlan {
  /** Milliseconds of wall time: what should take longer than is left is not begun. Infinity for everything, 0 for nothing. */
  readonly budget: number;
  readonly jobs: number;
  /** Milliseconds, of any clock. */
  readonly now: () => number;
  /** Hears how many executions were repeated, of how many there are. */
  readonly tell: (done: number, all: number) => void;
  /** Whether commands, and stages that reach files, the network or all of Node, may run here. */
  readonly programs: boolean;
  readonly probe: Probe;
  /** Of Node and the machine, as keys of stages with effects hold them. */
  readonly versions: Readonly<Record<string, string>>;
}

type ExecutionVerdict =
  | AuditVerdict
  /** Other bytes, in another environment than the recorded one: no contradiction. */
  | { readonly type: 'elsewhere'; readonly because: string };

export interface Repeated {
  readonly step: string;
  readonly verdict: ExecutionVerdict;
}

export interface Execution {
  readonly repeated: readonly Repeated[];
  /** Steps past the budget. */
  readonly left: readonly string[];
  /** Programs that were not trusted to run here. */
  readonly held: readonly string[];
}

/** One execution for each trace, with the first step that it stands for. */
function recordedIn({ steps, keys, traces }: Content): Recorded[] {
  const told = new Set<Digest>();
  return steps.flatMap((step) => {
    const key = keys.get(step.id) as Digest;
    const trace = traces.get(key);
    if (trace === undefined || told.has(key)) return [];
    told.add(key);
    return [{ step, trace }];
  });
}

/** Rejects like `auditStep`; what a step does wrong is a verdict. */
export async function executeBundle(
  site: AuditSite,
  content: Content,
  plan: ExecutionPlan,
): Promise<Execution> {
  const recorded = recordedIn(content);
  const held = plan.programs ? [] : recorded.filter(isProgram);
  const allowed = byWorth(recorded.filter((each) => !held.includes(each)));
  const deadline = plan.now() + plan.budget;
  const verdicts: { readonly each: Recorded; readonly verdict: AuditVerdict }[] = [];
  const hear = (each: Recorded, verdict: AuditVerdict) => {
    verdicts.push({ each, verdict });
    plan.tell(verdicts.length, recorded.length);
  };
  const fits = (each: Recorded) => plan.now() + priceOf(each) <= deadline;
  await auditSteps(site, allowed, plan.jobs, hear, fits);
  const tried = new Set(verdicts.map(({ each }) => each));
  const repeated: Repeated[] = [];
  for (const { each, verdict } of verdicts)
    repeated.push({ step: each.step.id, verdict: await judged(each, verdict, plan) });
  return {
    repeated: repeated.sort((a, b) => byCodeUnit(a.step, b.step)),
    left: allowed
      .filter((each) => !tried.has(each))
      .map(({ step }) => step.id)
      .sort(byCodeUnit),
    held: held.map(({ step }) => step.id),
  };
}

/** Where the environment is another one, other bytes are no surprise. */
async function judged(each: Recorded, verdict: AuditVerdict, plan: ExecutionPlan): Promise<ExecutionVerdict> {
  if (verdict.type !== 'differs' && verdict.type !== 'failed') return verdict;
  const because = await otherEnvironment(each, plan);
  return because === undefined ? verdict : { type: 'elsewhere', because };
}

async function otherEnvironment({ step, trace }: Recorded, plan: ExecutionPlan): Promise<string | undefined> {
  const { environment, env, effects } = step.stage;
  const here: Record<string, string> = effects.length > 0 ? { ...plan.versions } : {};
  for (const name in environment)
    here[name] = await plan.probe(environment[name] as readonly string[], env).catch(() => 'not there');
  for (const [name, now] of Object.entries(here)) {
    const then = trace.parts.environment[name];
    if (then !== undefined && then !== now) return `${name} was ${then}, here it is ${now}`;
  }
  return undefined;
}
