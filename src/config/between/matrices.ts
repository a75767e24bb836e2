/** Checks that the matrices of stages that take values from each other give them cases. */
import type { StageCases } from '../../model/unroll.ts';
import { complain, type Context, type StageText } from '../context.ts';

/** Notes what is wrong with the cases of each stage; a circle of values is told once, at the first of its stages. */
export function checkMatrices(
  context: Context,
  texts: ReadonlyMap<string, StageText>,
  cases: ReadonlyMap<string, StageCases>,
): void {
  const told = new Set<string>();
  for (const [name, { problems }] of cases) {
    for (const { type, variable, message } of problems) {
      // What is missing was told where it is named, and stages that need each other where they do.
      if (type === 'missing' || context.problems.brokenStages.has(name)) continue;
      if (type === 'circular' && told.has(message)) context.problems.brokenStages.add(name);
      else
        complain(context, texts.get(name) as StageText, ['matrix', variable], `stage "${name}": ${message}`);
      told.add(message);
    }
  }
}
