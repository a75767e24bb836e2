/** Entries linked together come out as if each were linked alone, to the byte. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundle } from '../../src/engine/bundle.ts';
import { type LinkRequest, linkAlone, linker } from '../../src/engine/link.ts';
import { temporaryFolder } from '../store/drafts.ts';

const project = {
  'one.ts': `import { twice } from './lib.ts'; const value = 1; export const run = () => twice(value);`,
  'two.ts': `import { thrice } from './lib.ts'; const value = 2; export const run = () => thrice(value);`,
  'three.ts': `import { twice, thrice } from './lib.ts'; const value = 3; export const run = () => twice(thrice(value));`,
  'wrong.ts': `import { x } from './absent.ts'; export const run = () => x;`,
  'lib.ts': `const value = 10; export const twice = (x: number) => 2 * x + value; export const thrice = (x: number) => 3 * x;`,
};
const good = ['one.ts', 'two.ts', 'three.ts'];

const requestIn = (root: string, file: string, settings: Partial<LinkRequest> = {}): LinkRequest => ({
  root,
  entry: `import * as stage from ${JSON.stringify(`./${file}`)};\nexport const execute = (call) => stage.run(call);`,
  external: [],
  alias: {},
  nodePaths: [],
  effects: [],
  map: true,
  ...settings,
});

/** Calls `body` with the project's folder. */
async function inProject(body: (root: string) => Promise<void>): Promise<void> {
  const folder = temporaryFolder();
  try {
    for (const [name, text] of Object.entries(project)) writeFileSync(join(folder.path, name), text);
    await body(folder.path);
  } finally {
    folder.remove();
  }
}

describe('entries linked together', () => {
  test('give the bundles, maps and inputs of entries linked alone', () =>
    inProject(async (root) => {
      const link = linker();
      const together = await Promise.all(good.map((file) => bundle(requestIn(root, file), link)));
      const alone = await Promise.all(good.map((file) => bundle(requestIn(root, file))));
      expect(together).toEqual(alone);
      expect(together.map(({ type }) => type)).toEqual(['bundled', 'bundled', 'bundled']);
      expect(new Set(together.map((made) => 'code' in made && made.code)).size).toBe(3);
    }));

  test('are what they would be alone where one of them is wrong', () =>
    inProject(async (root) => {
      const link = linker();
      const [one, wrong] = await Promise.all(
        ['one.ts', 'wrong.ts'].map((file) => bundle(requestIn(root, file), link)),
      );
      expect(one).toEqual(await bundle(requestIn(root, 'one.ts')));
      expect(wrong).toEqual(await bundle(requestIn(root, 'wrong.ts')));
      expect(wrong).toMatchObject({ type: 'refused', problems: [{ place: { file: 'wrong.ts', line: 1 } }] });
    }));

  test('keep to their own options, and to groups of a size', () =>
    inProject(async (root) => {
      const link = linker(2);
      const requests = [
        ...good.map((file) => requestIn(root, file)),
        requestIn(root, 'one.ts', { effects: ['native'] }),
        requestIn(root, 'two.ts', { external: ['zod'] }),
        ...good.map((file) => requestIn(root, file, { map: false })),
      ];
      const together = await Promise.all(requests.map((each) => link(each)));
      const alone = await Promise.all(requests.map((each) => linkAlone(each)));
      expect(together.map(({ inputs }) => inputs)).toEqual(alone.map(({ inputs }) => inputs));
      const plain = (linked: typeof alone) => linked.slice(-good.length).map(({ text }) => text);
      expect(plain(together)).toEqual(plain(alone));
    }));

  test('see an edit between two turns', () =>
    inProject(async (root) => {
      const link = linker();
      const before = await bundle(requestIn(root, 'one.ts'), link);
      writeFileSync(join(root, 'lib.ts'), project['lib.ts'].replace('10', '11'));
      expect(await bundle(requestIn(root, 'one.ts'), link)).not.toEqual(before);
    }));

  test('are the same for stages of the flagship', { timeout: 120_000 }, async () => {
    const repository = join(import.meta.dirname, '../..');
    const files = readdirSync(join(repository, 'stages')).filter((name) => name.endsWith('.ts'));
    const link = linker();
    const all = files.map((name) => requestIn(repository, `stages/${name}`));
    const together = await Promise.all(all.map((each) => bundle(each, link)));
    expect(together.length).toBeGreaterThan(50);
    for (let i = 0; i < all.length; i += 9)
      expect(await bundle(all[i] as LinkRequest), files[i]).toEqual(together[i]);
  });
});
