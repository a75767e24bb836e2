/** The names that a project offers for completion: stages, steps, claims, profiles, params, runs. */
import { stepId } from '../../model/case.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import { casesOf } from '../../model/unroll.ts';
import type { Site } from '../site.ts';
import type { Names } from './candidates.ts';

/** Of a pipeline that is right; one that is wrong, or none, offers nothing but runs. */
export function namesOf(
  site: Site | undefined,
  pipeline: Pipeline | undefined,
  profiles: readonly string[],
): Names {
  const stages = pipeline?.stages ?? [];
  return {
    targets: (word) => {
      const known = stages.map(({ name }) => name);
      const stage = known.find((name) => word.startsWith(`${name}@`) || word === name);
      return stage === undefined ? known : [stage, ...stepsOf(pipeline as Pipeline, stage)];
    },
    claims: () => pipeline?.claims.map(({ id }) => id) ?? [],
    runs: () => ['last', 'last~1', ...(site?.store.runs.list(10).map(({ id }) => id) ?? [])],
    profiles: () => profiles,
    params: () => stages.flatMap(({ name, params }) => Object.keys(params).map((each) => `${name}.${each}=`)),
  };
}

/** The steps whose cases the file tells. */
function stepsOf({ stages }: Pipeline, stage: string): string[] {
  const cases = casesOf(stages, () => undefined).get(stage)?.cases ?? [];
  return cases.map((binding) => stepId(stage, binding));
}
