/** Collects what is wrong with a pipeline beyond what its file alone tells: code, roles, kinds, params, joins. */
import type { Problem } from '../model/fault.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { Context } from './context.ts';
import { expand } from './expand.ts';
import { type Prepared, prepare } from './prepare.ts';

/** Every problem of a pipeline, or of the part of it that its file has right. */
export async function problemsOf(context: Context, pipeline: Pipeline): Promise<Problem[]> {
  return problemsIn(await prepare(context, pipeline));
}

/** Problems of the stages, and of what can be said of their steps all the same. */
export async function problemsIn(prepared: Prepared): Promise<Problem[]> {
  const { problems } = await expand(prepared, () => undefined);
  return [...prepared.problems, ...problems];
}
