/** What rests on a source file or one of its functions: steps, what they publish, and the claims at risk. */
import { type StepGraph, reach } from '../engine/graph.ts';
import { fillPath } from '../model/case.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { Step } from '../model/step.ts';
import { stepsOfStages } from './claims.ts';
import { type CodeFile, codeOf } from './code.ts';

export interface ImpactGround {
  readonly pipeline: Pipeline;
  readonly steps: readonly Step[];
  readonly graph: StepGraph;
  /** The text of the source map of a step's bundle as the pipeline stands; undefined for a command. */
  readonly sourceMap: (step: Step) => string | undefined;
}

export interface Impact {
  /** Steps whose code holds it, or that take it as an input. */
  readonly direct: readonly string[];
  /** Those, and all that needs them. */
  readonly steps: readonly string[];
  readonly published: readonly string[];
  readonly claims: readonly string[];
  /** Functions of the file that are in some bundle, and could be asked for. */
  readonly functions: readonly string[];
}

/** What would be executed again if `file`, or its function `name`, meant something else. */
export function impactOf(ground: ImpactGround, file: string, name?: string): Impact {
  const { pipeline, steps, graph } = ground;
  const code = codeByStage(ground);
  const inFile = (step: Step) => code.get(step.stage.name)?.find((each) => each.file === file);
  const holds = (step: Step) =>
    name === undefined
      ? inFile(step) !== undefined || takes(step, file)
      : inFile(step)?.declarations.some((each) => each.name === name) === true;
  const direct = steps.filter(holds).map(({ id }) => id);
  const reached = reach(graph, direct, 'down');
  const below = steps.filter(({ id }) => reached.has(id));
  const ids = new Set(below.map(({ id }) => id));
  const stepOf = stepsOfStages(pipeline);
  return {
    direct,
    steps: [...ids],
    published: below.flatMap((step) =>
      Object.values(step.stage.publish).map((path) => fillPath(path, step.case)),
    ),
    claims: pipeline.claims.flatMap(({ id, selector }) => (ids.has(stepOf(selector.step)) ? [id] : [])),
    functions: functionsOf(steps.flatMap((step) => inFile(step) ?? [])),
  };
}

/** Every file that some stage's code holds or some step takes. */
export function knownFiles(ground: ImpactGround): string[] {
  const code = [...codeByStage(ground).values()].flatMap((files) => files.map(({ file }) => file));
  const sources = ground.steps.flatMap(({ inputs }) =>
    Object.values(inputs).flatMap((input) => (input.type === 'source' ? [input.path] : [])),
  );
  return [...new Set([...code, ...sources])].sort();
}

/** The steps of a stage share one bundle: it is read once. */
function codeByStage({ steps, sourceMap }: ImpactGround): Map<string, readonly CodeFile[]> {
  const code = new Map<string, readonly CodeFile[]>();
  for (const step of steps) {
    if (code.has(step.stage.name)) continue;
    const text = sourceMap(step);
    code.set(step.stage.name, text === undefined ? [] : codeOf(text));
  }
  return code;
}

/** Whether the file is a source dep of the step, or lies in a folder that is one. */
function takes(step: Step, file: string): boolean {
  return Object.values(step.inputs).some(
    (input) => input.type === 'source' && (input.path === file || file.startsWith(`${input.path}/`)),
  );
}

function functionsOf(files: readonly CodeFile[]): string[] {
  const names = files.flatMap(({ declarations }) => declarations.map(({ name }) => name));
  return [...new Set(names)].filter((name) => name !== '').sort();
}
