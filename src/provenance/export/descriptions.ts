/** Everything in a bundle that only tells in other words what its record says; made alike by writer and reader. */
import type { Entry } from './archive.ts';
import { claimsText, codecheckText, readmeText } from './cards.ts';
import type { Content } from './content.ts';
import { crateOf } from './crate.ts';
import { toolsOf } from './cwl.ts';
import { names } from './format.ts';
import type { Holding } from './holdings.ts';
import { provOf } from './prov.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const json = (value: unknown): Uint8Array => encode(`${JSON.stringify(value, undefined, 1)}\n`);

/** `others` are the entries beside artifacts, code and descriptions: path to size. */
export function descriptionsOf(
  content: Content,
  holdings: ReadonlyMap<string, Holding>,
  sizes: ReadonlyMap<string, number>,
  others: readonly string[],
): Entry[] {
  const texts: Entry[] = [
    ...toolsOf(content, holdings),
    { path: names.prov, bytes: json(provOf(content, holdings)) },
    { path: names.codecheck, bytes: encode(codecheckText(content, holdings)) },
    { path: names.claims, bytes: encode(claimsText(content)) },
    { path: names.readme, bytes: encode(readmeText(content)) },
  ];
  const known = new Map([...sizes, ...texts.map(({ path, bytes }) => [path, bytes.length] as const)]);
  const extras = [...others, ...texts.map(({ path }) => path)].sort();
  return [...texts, { path: names.crate, bytes: json(crateOf(content, holdings, known, extras)) }];
}
