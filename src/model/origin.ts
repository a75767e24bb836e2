/** Where the values of matrix variables come from, once every `from` of another stage has been followed to its end. */
import type { MatrixVariable, StageDeclaration } from './pipeline.ts';

/** What of a stage decides its cases. */
export type Unrollable = Pick<StageDeclaration, 'name' | 'matrix'>;

type ListedValues = Extract<MatrixVariable, { type: 'values' }>;
export type Items = Extract<MatrixVariable, { type: 'items' }>;

/** A `from` that ends nowhere: no such stage or variable, or values that come from themselves. */
interface NoOrigin {
  readonly type: 'missing' | 'circular';
  readonly message: string;
}

export type Origin = ListedValues | Items | NoOrigin;

/** Follows the variables of these stages; each way is walked once. */
export function originsOf(
  stages: ReadonlyMap<string, Unrollable>,
): (stage: string, variable: string) => Origin {
  const known = new Map<string, Origin>();
  return (stage, variable) => {
    const way = new Set<string>();
    let at = stage;
    let origin: Origin | undefined;
    while (origin === undefined) {
      const found: MatrixVariable | undefined = stages.get(at)?.matrix[variable];
      if (way.has(at)) origin = circular(way, variable);
      else if (found === undefined) origin = missing(stages, at, variable);
      else if (found.type !== 'same') origin = found;
      else {
        way.add(at);
        origin = known.get(`${at}.${variable}`);
        at = found.stage;
      }
    }
    for (const passed of way) known.set(`${passed}.${variable}`, origin);
    return origin;
  };
}

function missing(stages: ReadonlyMap<string, Unrollable>, stage: string, variable: string): NoOrigin {
  const message = stages.has(stage)
    ? `"${stage}" has no matrix variable "${variable}".`
    : `there is no stage "${stage}".`;
  return { type: 'missing', message };
}

function circular(way: ReadonlySet<string>, variable: string): NoOrigin {
  const [first, ...others] = [...way].map((stage) => `"${stage}"`);
  const message = `the values of "${variable}" come from themselves: ${[first, ...others, first].join(' from ')}.`;
  return { type: 'circular', message };
}
