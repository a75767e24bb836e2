/** Which of the changes between two runs moved a claim: each is made alone, and each is left out. */
import { counted } from '../base/text.ts';
import { reach, type StepGraph } from '../engine/graph.ts';
import type { ClaimDeclaration, Judgement } from '../model/claim.ts';
import { Fault } from '../model/fault.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { ArtifactsByRole } from '../model/store.ts';
import { type Between, type Change, changesBetween } from './changes.ts';
import { judgeClaims, stepsOfStages } from './claims.ts';
import { type Execute, Recombiner } from './recombine.ts';

export interface Effect {
  readonly change: Change;
  /** The claim with this change made and no other. */
  readonly alone: Judgement;
  /** The claim with every change made but this. */
  readonly without: Judgement;
}

export interface Attribution {
  readonly claim: string;
  readonly before: Judgement;
  readonly after: Judgement;
  readonly effects: readonly Effect[];
  /** The fewest changes that were found to give the value of after: none of them can be left out. */
  readonly movedBy: readonly Change[];
  /** Results that the store had, and that were executed for this. */
  readonly reused: number;
  readonly executed: number;
}

interface AttributionGround extends Between {
  readonly pipeline: Pipeline;
  readonly graph: StepGraph;
}

/** Both runs have a result of the claim's step. Throws Fault `usage` where the claim did not move. */
export async function attribute(
  ground: AttributionGround,
  claim: ClaimDeclaration,
  execute: Execute,
): Promise<Attribution> {
  const step = stepsOfStages(ground.pipeline)(claim.selector.step);
  const changes = changesBetween(ground, reach(ground.graph, [step], 'up'));
  const recombiner = new Recombiner(ground, execute);
  const judgeWith = async (made: readonly Change[]): Promise<Judgement> => {
    const outs = await recombiner.outs(step, new Set(made.map(({ name }) => name)));
    return judgeOuts(ground, claim, step, outs);
  };
  const [before, after] = [await judgeWith([]), await judgeWith(changes)];
  if (isSame(before, after)) throw new Fault('usage', stillText(claim.id, before, changes));
  const effects: Effect[] = [];
  for (const change of changes) {
    const others = changes.filter((each) => each !== change);
    effects.push({ change, alone: await judgeWith([change]), without: await judgeWith(others) });
  }
  const movedBy = await fewest(changes, async (made) => isSame(await judgeWith(made), after));
  const { reused, executed } = recombiner;
  return { claim: claim.id, before, after, effects, movedBy, reused: reused.size, executed: executed.size };
}

function judgeOuts(
  { pipeline, store }: AttributionGround,
  claim: ClaimDeclaration,
  step: string,
  outs: ArtifactsByRole | string,
): Judgement {
  if (typeof outs === 'string') return { claim: claim.id, status: 'unknown', because: outs, step };
  // A claim that is meant for one profile is asked here of runs of any.
  const asked = { ...pipeline, claims: [{ ...claim, profile: undefined }] };
  return judgeClaims(asked, store, () => ({ outs, current: true }))[0] as Judgement;
}

const isSame = (a: Judgement, b: Judgement) => a.status === b.status && a.found === b.found;

function stillText(claim: string, { found, status, because }: Judgement, changes: readonly Change[]): string {
  if (found === undefined) return `claim "${claim}" has no value in these runs: ${because}`;
  const behind =
    changes.length === 0 ? 'nothing changed behind it' : `${counted(changes.length, 'change')} behind it`;
  return `claim "${claim}" did not move between these runs: ${found} ${status}; ${behind}`;
}

/** Leaves out one change after the other for as long as the rest suffices. */
async function fewest(
  changes: readonly Change[],
  suffices: (made: readonly Change[]) => Promise<boolean>,
): Promise<readonly Change[]> {
  let kept = changes;
  for (const change of changes) {
    const fewer = kept.filter((each) => each !== change);
    if (await suffices(fewer)) kept = fewer;
  }
  return kept;
}
