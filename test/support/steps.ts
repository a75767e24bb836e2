/** Makes steps for tests of the engine: small graphs by hand, and random ones by seed. */
import { digestOf } from '../../src/base/digest.ts';
import { type RandomStream, randomStream } from '../../src/base/random.ts';
import type { StageDeclaration } from '../../src/model/pipeline.ts';
import type { Step, StepInput } from '../../src/model/step.ts';

/** A TypeScript stage with one out and every setting at its default, but for these. */
export function stageNamed(name: string, settings: Partial<StageDeclaration> = {}): StageDeclaration {
  return {
    name,
    computation: { type: 'typescript', file: `stages/${name}.ts` },
    matrix: {},
    deps: {},
    params: {},
    outs: {},
    publish: {},
    env: {},
    environment: {},
    resources: { cpus: 1, slots: {} },
    retries: 0,
    executor: 'local',
    random: false,
    stochastic: false,
    effects: [],
    places: {},
    ...settings,
  };
}

/** A step `name` that takes the out `value` of each step it needs, by the role of its name. */
export function stepNamed(
  name: string,
  needs: readonly string[],
  settings: Partial<StageDeclaration> = {},
): Step {
  const inputs = needs.map((need): [string, StepInput] => [
    need,
    { type: 'artifact', step: need, role: 'value' },
  ]);
  const kind = { name: 'number', version: 1, extension: 'json' };
  return {
    id: name,
    stage: stageNamed(name, settings),
    case: {},
    inputs: Object.fromEntries(inputs),
    signature: {
      code: digestOf(`code of ${name}`),
      params: {},
      deps: Object.fromEntries(needs.map((need) => [need, { shape: 'one', kind }])),
      outs: { value: kind },
    },
  };
}

/** Between 1 and `most` steps, each needing up to four of those before it. */
export function randomSteps(seed: number, most = 40): { steps: Step[]; stream: RandomStream } {
  const stream = randomStream(digestOf(`graph ${seed}`));
  const below = (n: number) => Math.floor(stream.uniform() * n);
  const count = 1 + below(most);
  const steps: Step[] = [];
  for (let i = 0; i < count; i++) {
    const needs = Array.from({ length: below(5) }, () => below(Math.max(i, 1))).filter((j) => j < i);
    steps.push(
      stepNamed(
        `s${i}`,
        [...new Set(needs)].map((j) => `s${j}`),
      ),
    );
  }
  return { steps, stream };
}
