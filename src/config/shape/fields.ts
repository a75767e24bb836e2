/** Which fields the map at a path of the file may have, as the shape says. */
import type { z } from 'zod';
import type { Key, Path } from '../yaml/tree.ts';
import { pipelineShape } from './pipeline.ts';

/** The names of the fields; none where the user names them, or where there is no map. */
export function fieldsAt(path: Path): string[] {
  let schema: Schema | undefined = pipelineShape;
  for (const key of path) schema = schema && inside(schema, key);
  return Object.keys((schema && mapIn(schema)) ?? {});
}

type Schema = z.core.$ZodType;
type Shape = Readonly<Record<string, Schema>>;

/** What is used of zod's own description of a schema. */
interface Definition {
  readonly type: string;
  readonly innerType?: Schema;
  readonly valueType?: Schema;
  readonly element?: Schema;
  readonly options?: readonly Schema[];
  readonly shape?: Shape;
}

function definition(schema: Schema): Definition {
  const def = schema._zod.def as Definition;
  return def.type === 'optional' && def.innerType !== undefined ? definition(def.innerType) : def;
}

function inside(schema: Schema, key: Key): Schema | undefined {
  const def = definition(schema);
  if (def.type === 'record') return def.valueType;
  return def.type === 'array' ? def.element : mapIn(schema)?.[key];
}

function mapIn(schema: Schema): Shape | undefined {
  const def = definition(schema);
  return def.shape ?? def.options?.map(mapIn).find((shape) => shape !== undefined);
}
