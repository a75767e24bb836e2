import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('../../../src/science/checker/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));

it('the checker imports only its own files: nothing of the solver, nothing of its arithmetic', () => {
  expect(files.length).toBeGreaterThan(5);
  let imports = 0;
  for (const file of files) {
    const source = readFileSync(new URL(file, folder), 'utf8');
    for (const match of source.matchAll(/\bfrom\s+'([^']+)'|\bimport\s*\(|\bimport\s+'([^']+)'/g)) {
      imports++;
      expect([file, match[1] ?? match[0]]).toEqual([file, expect.stringMatching(/^\.\/[a-z-]+\.ts$/)]);
    }
  }
  expect(imports).toBeGreaterThan(20);
});
