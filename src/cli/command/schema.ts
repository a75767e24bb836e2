/** `colophon schema`: the JSON Schema of pipeline.yaml, for editors. */
import { pipelineSchema } from '../../config/schema.ts';
import { print } from '../output.ts';

export async function schemaCommand(): Promise<void> {
  print(JSON.stringify(pipelineSchema(), undefined, 2));
}
