/** Names the profiles of a pipeline file without checking the rest of it. */
import { Problems } from './problems.ts';
import { readYaml } from './yaml/read.ts';
import { namesAt } from './yaml/tree.ts';

/** In the order of the file, without `default`, which is the file as it is written; none where it is no YAML. */
export function profileNames(text: string): string[] {
  const source = readYaml(text, '', new Problems());
  return source === undefined ? [] : namesAt(source, ['profiles']).filter((name) => name !== 'default');
}
