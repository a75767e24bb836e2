/** Refuses records whose parts are not of the shape that the rest of the tool relies on: they come from strangers. */
import { isDigest } from '../../base/digest.ts';
import type { StageDeclaration } from '../../model/pipeline.ts';
import type { Step, StepInput } from '../../model/step.ts';
import type { Trace } from '../../model/trace.ts';
import type { Content } from '../export/content.ts';
import { digestsIn } from '../export/holdings.ts';

/** What is wrong; undefined where all is as it should be. Throws TypeError where a part is missing altogether. */
export function shapeProblem(content: Content): string | undefined {
  const { pipeline, steps, traces, published, judgements, citation } = content;
  for (const stage of pipeline.stages) {
    const problem = stageProblem(stage);
    if (problem !== undefined) return `stage ${stage.name}: ${problem}`;
  }
  for (const step of steps) {
    const problem = stepProblem(step);
    if (problem !== undefined) return `step ${step.id}: ${problem}`;
  }
  for (const [key, trace] of traces) {
    const problem = traceProblem(trace);
    if (problem !== undefined) return `trace ${key}: ${problem}`;
  }
  const lists: readonly unknown[] = [published, judgements, pipeline.claims, citation.authors];
  return lists.every((list) => Array.isArray(list)) ? undefined : 'a list is missing';
}

function stageProblem(stage: StageDeclaration): string | undefined {
  if (!isName(stage.name)) return 'its name is none';
  for (const [role, out] of Object.entries(stage.outs))
    if (!isName(role) || (out.path !== undefined && !isInside(out.path)))
      return `its out ${role} leads out of the folder where it is executed`;
  return Array.isArray(stage.effects) && typeof stage.computation.type === 'string'
    ? undefined
    : 'its computation is none';
}

function stepProblem({ id, inputs, signature }: Step): string | undefined {
  if (typeof id !== 'string' || !isDigest(signature.code)) return 'its code has no digest';
  for (const [role, input] of Object.entries(inputs)) {
    if (!isName(role)) return `its input ${role} has no name`;
    if (!inputIsInside(input)) return `its input ${role} leads out of the folder where it is executed`;
  }
  return undefined;
}

function inputIsInside(input: StepInput): boolean {
  return input.type === 'source' ? isInside(input.path) : true;
}

function traceProblem({ parts, outs, cost, at, evidence, seen }: Trace): string | undefined {
  if (!isDigest(parts.code)) return 'its code has no digest';
  const digests = [
    ...Object.values(outs).map(({ digest }) => digest),
    ...Object.values(parts.inputs).flatMap(digestsIn),
    ...(seen['sourceMap'] === undefined ? [] : [seen['sourceMap']]),
  ];
  if (!digests.every((digest) => isDigest(digest))) return 'an artifact has no digest';
  if (!Object.values(outs).every(({ extension }) => /^[A-Za-z0-9]{0,16}$/.test(extension)))
    return 'an extension is none';
  const numbers = [cost.wall, cost.cpu, cost.memory, at];
  if (!numbers.every((number) => Number.isFinite(number))) return 'its cost or its time is no number';
  return typeof evidence === 'object' ? undefined : 'its evidence is none';
}

const isName = (text: string): boolean => /^[A-Za-z_][\w-]*$/.test(text);

/** A relative path that stays where it begins. */
function isInside(path: string): boolean {
  return (
    path !== '' &&
    !path.startsWith('/') &&
    !path.includes('\\') &&
    !path.includes('\0') &&
    !path.split('/').includes('..')
  );
}
