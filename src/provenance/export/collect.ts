/** Gathers what a bundle tells from a plan that is up to date and the store behind it. */
import { type Digest, digestOf } from '../../base/digest.ts';
import { listed, shortDigest } from '../../base/text.ts';
import { fillPath } from '../../model/case.ts';
import { Fault } from '../../model/fault.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import type { PlannedStep, WaitingStage } from '../../model/plan.ts';
import type { Step } from '../../model/step.ts';
import type { Store } from '../../model/store.ts';
import type { Trace } from '../../model/trace.ts';
import { judgeClaims, stepsOfStages } from '../claims.ts';
import { isFolder } from '../recorded.ts';
import type { Citation, Content, Published } from './content.ts';
import { type ReadArtifact, digestsIn } from './holdings.ts';

interface Source {
  readonly version: string;
  readonly pipeline: Pipeline;
  readonly store: Store;
  /** The wanted steps of the plan, in order. */
  readonly planned: readonly PlannedStep[];
  readonly waiting: readonly WaitingStage[];
  readonly targets: readonly string[];
  readonly citation: Citation;
}

/** Throws Fault `usage` where a step is not up to date, Fault `store` where bytes are missing. */
export function collectContent(source: Source): Content {
  const { pipeline, store, planned, targets } = source;
  refuseStale(source);
  const steps = planned.map(({ step }) => step);
  const traces = new Map<Digest, Trace>();
  const keys = new Map<string, Digest>();
  for (const { step, verdict } of planned) {
    if (verdict.type !== 'hit') continue;
    keys.set(step.id, verdict.key);
    traces.set(verdict.key, verdict.trace);
  }
  const find = (id: string) => {
    const trace = traces.get(keys.get(id) as Digest);
    return trace && { outs: trace.outs, current: true };
  };
  const told = { ...pipeline, claims: claimsFor(pipeline, steps, targets) };
  const made = new Set([...traces.values()].map(({ run }) => run));
  return {
    version: source.version,
    pipeline: told,
    targets,
    steps,
    keys,
    traces,
    runs: store.runs
      .list()
      .filter(({ id }) => made.has(id))
      .sort((a, b) => a.at - b.at),
    published: steps.flatMap((step) => publishedBy(step, find(step.id)?.outs ?? {})),
    judgements: judgeClaims(told, store, find),
    citation: source.citation,
    ...inputsOf(store, steps, (id) => traces.get(keys.get(id) as Digest)),
  };
}

function refuseStale({ planned, waiting }: Source): void {
  const stale = planned.filter(({ verdict }) => verdict.type !== 'hit').map(({ step }) => step.id);
  const names = [...stale, ...waiting.map(({ stage }) => stage)];
  if (names.length === 0) return;
  throw new Fault(
    'usage',
    `${listed(names, 4)} ${names.length === 1 ? 'is' : 'are'} not up to date, and a bundle tells only what is; \`colophon run\` first, or export other targets`,
  );
}

/** All of them for the whole pipeline; for some targets those that rest on their steps. */
function claimsFor(
  pipeline: Pipeline,
  steps: readonly Step[],
  targets: readonly string[],
): Pipeline['claims'] {
  if (targets.length === 0) return pipeline.claims;
  const stepOf = stepsOfStages(pipeline);
  const ids = new Set(steps.map(({ id }) => id));
  return pipeline.claims.filter(({ selector }) => ids.has(stepOf(selector.step)));
}

function publishedBy({ id, stage, case: binding }: Step, outs: Trace['outs']): Published[] {
  return Object.entries(stage.publish).flatMap(([role, template]) => {
    const out = outs[role];
    return out === undefined
      ? []
      : [{ path: fillPath(template, binding), step: id, role, digest: out.digest }];
  });
}

/** Which inputs are folders of the project, and which the store never held. */
function inputsOf(
  store: Store,
  steps: readonly Step[],
  traceOf: (step: string) => Trace | undefined,
): Pick<Content, 'folders' | 'absent'> {
  const folders = new Set<Digest>();
  const absent = new Set<Digest>();
  for (const step of steps) {
    for (const [role, input] of Object.entries(traceOf(step.id)?.parts.inputs ?? {})) {
      const declared = step.inputs[role];
      for (const digest of digestsIn(input)) {
        const isUnpinned = declared?.type === 'source' && !declared.pin;
        if (isUnpinned && !store.artifacts.has(digest)) absent.add(digest);
        else if (isFolder(store, digest)) folders.add(digest);
      }
    }
  }
  return { folders: [...folders], absent: [...absent] };
}

/** Reads artifacts and believes none of them: throws Fault `store` where bytes are not what their name says. */
export function soundReader(store: Store): ReadArtifact {
  return (digest) => {
    const bytes = store.artifacts.read(digest);
    if (digestOf(bytes) === digest) return bytes;
    throw new Fault(
      'store',
      `artifact ${shortDigest(digest)} is damaged: its bytes are not what its name says; \`colophon audit\` says what rests on it, \`colophon doctor --repair\` takes it out of service`,
    );
  };
}
