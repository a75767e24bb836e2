/** Judges a pipeline's claims against artifacts. */
import { stepId } from '../model/case.ts';
import type { ClaimDeclaration, ClaimStatus, Judgement } from '../model/claim.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { ArtifactsByRole, Store } from '../model/store.ts';
import { type StageCases, casesOf } from '../model/unroll.ts';
import { judgeValue } from './relation.ts';
import { type Selected, readArtifact, selectIn } from './select.ts';

/** What is known of a step: its outs in this plan; or those of an older trace, which are stale; or nothing. */
export interface StepOuts {
  readonly outs: ArtifactsByRole;
  readonly current: boolean;
}

export type FindOuts = (step: string) => StepOuts | undefined;

/** Judges every claim, in the order of the pipeline. Each artifact is read at most once. */
export function judgeClaims(pipeline: Pipeline, store: Store, find: FindOuts): Judgement[] {
  const read = reader(store);
  const stepOf = stepsOfStages(pipeline);
  return pipeline.claims.map((claim) => judge(claim, stepOf(claim.selector.step), pipeline, find, read));
}

/** The step that a claim is about: a stage with a single case may be named by itself. */
export function stepsOfStages(pipeline: Pipeline): (named: string) => string {
  let all: ReadonlyMap<string, StageCases> | undefined;
  return (named) => {
    if (named.includes('@')) return named;
    all ??= casesOf(pipeline.stages, () => undefined);
    const known = all.get(named);
    const only = known?.awaits.length === 0 && known.cases.length === 1 ? known.cases[0] : undefined;
    return only === undefined ? named : stepId(named, only);
  };
}

type Read = (digest: ArtifactsByRole[string]) => unknown;

function reader(store: Store): Read {
  const known = new Map<string, unknown>();
  return ({ digest, extension }) => {
    if (!known.has(digest)) known.set(digest, readArtifact(store.artifacts.read(digest), extension));
    return known.get(digest);
  };
}

function judge(
  claim: ClaimDeclaration,
  step: string,
  pipeline: Pipeline,
  find: FindOuts,
  read: Read,
): Judgement {
  const { role, path } = claim.selector;
  const told = (status: ClaimStatus, because: string, found?: string): Judgement => ({
    claim: claim.id,
    status,
    because,
    found,
    step,
  });
  if (claim.profile !== undefined && claim.profile !== pipeline.profile.split('+')[0]) {
    return told('unknown', `judged in profile ${claim.profile} only`);
  }
  const known = find(step);
  if (known === undefined) return told('unknown', `${step} has not been executed`);
  const out = known.outs[role];
  if (out === undefined) return told('broken', `${step} has no out "${role}"`);
  const selected = selectSafely(() => selectIn(read(out), path));
  if (selected.type === 'broken') return told('broken', selected.because);
  const found =
    selected.type === 'scalar' ? selected.text : `[${selected.enclosure.low}, ${selected.enclosure.high}]`;
  if (!known.current) return told('stale', "from an execution that is not the plan's", found);
  const verdict = judgeValue(selected, claim.relation);
  return told(verdict.status, verdict.because, found);
}

function selectSafely(select: () => Selected): Selected {
  try {
    return select();
  } catch (error) {
    return { type: 'broken', because: `the artifact cannot be read: ${(error as Error).message}` };
  }
}
