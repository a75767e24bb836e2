/** The whole pipeline as the page needs it at once: stages with their boxes, steps with what they need, claims, files. */
import type { Digest } from '../../base/digest.ts';
import { needsOf } from '../../engine/graph.ts';
import { fillPath } from '../../model/case.ts';
import { publishedPlace } from '../../engine/publish.ts';
import type { Pipeline, StageDeclaration } from '../../model/pipeline.ts';
import type { PlannedStep } from '../../model/plan.ts';
import type { Step } from '../../model/step.ts';
import type { Store } from '../../model/store.ts';
import { judgeClaims } from '../../provenance/claims.ts';
import type { Trust } from '../../provenance/trust.ts';
import { stagesOf } from '../../report/collect.ts';
import { trustWords } from '../../report/badge.ts';
import { figureText } from '../../report/figure.ts';
import type { ClaimRow, PublishedRow, StepRow, StepState, TrustRow, UiPlan } from '../common/api.ts';
import { drawBoxes } from './boxes.ts';
import type { Look } from './source.ts';

export function planPage(look: Look, store: Store, version: number): UiPlan {
  const { pipeline, seen } = look;
  const steps = seen.allSteps();
  const stages = stagesOf({ pipeline: inFileOrder(pipeline), store, seen, trust: look.trust });
  const indices = new Map(stages.map(({ name }, i) => [name, i]));
  const { boxes, edges, size } = drawBoxes(
    stages.map(({ name, needs, steps }) => ({ name, needs, steps: steps.length })),
  );
  return {
    plan: version,
    pipeline: pipeline.name,
    profile: pipeline.profile,
    stages: stages.map(({ name, says, made, needs, waiting }) => ({
      name,
      says,
      made,
      needs,
      waiting,
      ...(boxes.get(name) ?? { x: 0, y: 0, width: 0, height: 0, columns: 1 }),
    })),
    steps: stepRows(look, store, steps, indices),
    edges,
    size,
    claims: claimRows(look, store),
    published: steps.flatMap((step) => publishedBy(look, store, step)),
  };
}

/** As the author wrote them: a paper's stages stand together. */
function inFileOrder(pipeline: Pipeline): Pipeline {
  const line = ({ places }: StageDeclaration) => places['']?.line ?? 0;
  return { ...pipeline, stages: [...pipeline.stages].sort((a, b) => line(a) - line(b)) };
}

function stepRows(
  { seen, trust }: Look,
  store: Store,
  steps: readonly Step[],
  stages: ReadonlyMap<string, number>,
): StepRow[] {
  const planned = new Map(seen.plan.steps.map((each) => [each.step.id, each]));
  const numbers = new Map(steps.map(({ id }, i) => [id, i]));
  const newest = store.traces.newestAll(steps.map(({ id }) => id));
  return steps.map((step) => ({
    id: step.id,
    stage: stages.get(step.stage.name) ?? 0,
    state: stateOf(planned.get(step.id), newest.has(step.id)),
    needs: needsOf(step).flatMap((need) => numbers.get(need) ?? []),
    trust: wordsOf(trust(step.id))?.word,
    wall: newest.get(step.id)?.cost.wall,
  }));
}

export const wordsOf = (trust: Trust | undefined): TrustRow | undefined => trust && trustWords(trust);

/** `executed`: whether it ever was. */
export function stateOf(planned: PlannedStep | undefined, executed: boolean): StepState {
  if (planned?.verdict.type === 'hit') return 'current';
  if (executed) return 'old';
  return planned?.verdict.type === 'waits' ? 'waits' : 'new';
}

/** Every claim with how it stands. */
export function claimRows(look: Look, store: Store): ClaimRow[] {
  const find = (step: string) => {
    const found = look.trace(step);
    return found && { outs: found.trace.outs, current: found.current };
  };
  const judged = new Map(judgeClaims(look.pipeline, store, find).map((each) => [each.claim, each]));
  return look.pipeline.claims.flatMap(({ id, says, source, value, holds, selector }) => {
    const judgement = judged.get(id);
    if (judgement === undefined) return [];
    const { status, found, because, step = selector.step } = judgement;
    const trust = found === undefined ? undefined : wordsOf(look.trust(step));
    return [{ id, says, source, value, holds, status, found, because, step, trust }];
  });
}

/** What a step has put in place, or would. */
export function publishedBy({ pipeline, trace }: Look, store: Store, step: Step): PublishedRow[] {
  const roles = Object.entries(step.stage.publish);
  const known = roles.length === 0 ? undefined : trace(step.id);
  return roles.flatMap(([role, template]) => {
    const out = known?.trace.outs[role];
    if (known === undefined || out === undefined) return [];
    const path = publishedPlace(pipeline, fillPath(template, step.case)).replaceAll('\\', '/');
    const { digest, size, extension } = out;
    const { current } = known;
    return [
      { path, step: step.id, role, digest, size, extension, current, ...titleOf(store, digest, extension) },
    ];
  });
}

function titleOf(store: Store, digest: Digest, extension: string): { title: string; description: string } {
  if (extension !== 'svg' || !store.artifacts.has(digest)) return { title: '', description: '' };
  return figureText(new TextDecoder().decode(store.artifacts.read(digest)));
}
