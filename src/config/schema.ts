/** The JSON Schema of pipeline.yaml, with which editors complete and check it. */
import { z } from 'zod';
import type { Json } from '../model/json.ts';
import { pipelineShape } from './shape/pipeline.ts';

/** Draft 7, which editors know best. It says what the shape says; what holds between parts only `colophon` checks. */
export function pipelineSchema(): Json {
  const schema = z.toJSONSchema(pipelineShape, { target: 'draft-7' });
  return JSON.parse(JSON.stringify(schema)) as Json;
}
