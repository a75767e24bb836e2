/** The layers of docs/architecture.md hold: read from the imports, not from habit. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findCycle, importsOf, root } from './support/imports.ts';

/** What each folder may import: project folders by prefix, packages by name, `node:` for Node's own. */
const allowed: Record<string, readonly string[]> = {
  'src/base': ['src/base', 'node:crypto'],
  'src/disk': ['src/base', 'src/disk', 'node:'],
  'src/model': ['src/base', 'src/model', 'zod'],
  // What a PNG holds is deflated.
  'src/model/data': ['src/base', 'src/model', 'node:zlib'],
  'src/science/wasm': ['src/base', 'src/science/wasm'],
  'src/science/math': ['src/base', 'src/science/wasm', 'src/science/math'],
  'src/science/figure': [
    'src/base',
    'src/science/wasm',
    'src/science/math',
    'src/science/figure',
    '@resvg/resvg-wasm',
  ],
  'src/science/checker': ['src/science/checker'],
  'src/science': ['src/base', 'src/science'],
  'src/config': ['src/base', 'src/model', 'src/config', 'yaml', 'zod'],
  'src/engine': [
    'src/base',
    'src/disk',
    'src/model',
    'src/engine',
    '@dagrejs/graphlib',
    'esbuild',
    'es-module-lexer',
    'node:',
  ],
  'src/executors': ['src/base', 'src/disk', 'src/model', 'src/executors', 'execa', 'node:'],
  store: ['src/base', 'src/disk', 'src/model', 'store', 'better-sqlite3', 'node:'],
  'src/provenance': ['src/base', 'src/model', 'src/engine', 'src/provenance', 'fflate', 'node:'],
  'src/report': [
    'src/base',
    'src/model',
    'src/engine',
    'src/provenance',
    'src/report',
    '@dagrejs/graphlib',
    'node:',
  ],
  // What the server and the page share: types and pure functions, none of Node's nor the browser's own.
  'src/ui/common': [
    'src/base/canonical.ts',
    'src/base/text.ts',
    'src/base/time.ts',
    'src/model',
    'src/ui/common',
  ],
  'src/ui/server': [
    'src/base',
    'src/model',
    'src/engine',
    'src/provenance',
    'src/report',
    'src/ui/common',
    'src/ui/server',
    'node:',
  ],
  // Runs in the browser: it gets everything else from the server.
  'src/ui/page': [
    'src/base/text.ts',
    'src/base/time.ts',
    'src/model/case.ts',
    'src/model/claim-status.ts',
    'src/ui/common',
    'src/ui/page',
  ],
  stages: ['src/base', 'src/model', 'src/science', 'stages', 'zod', '@resvg/resvg-wasm'],
};

/** The rule of a file: that of the longest prefix. */
function ruleOf(file: string): readonly string[] | undefined {
  const prefix = Object.keys(allowed)
    .filter((folder) => file.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)[0];
  return prefix === undefined ? undefined : allowed[prefix];
}

const isWithin = (to: string, entry: string) =>
  to === entry || to.startsWith(entry.endsWith(':') ? entry : `${entry}/`);

const read = importsOf('src/**/*.ts', 'store/**/*.ts', 'stages/**/*.ts');

describe('the layers', () => {
  test('the whole source was read', () => {
    expect(read.files.length).toBeGreaterThan(60);
    expect(read.imports.length).toBeGreaterThan(200);
  });

  test('every import is one that its folder may make', () => {
    const forbidden = read.imports.filter(({ from, to }) => {
      const rule = ruleOf(from);
      return rule !== undefined && !rule.some((entry) => isWithin(to, entry));
    });
    expect(forbidden.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  test('no file imports itself by way of others', () => {
    expect(findCycle(read.imports.filter(({ typeOnly }) => !typeOnly))).toBeUndefined();
  });
});

/** Folders whose code gives the same everywhere: no clock, no chance, no process, no locale. */
const pure = ['src/base', 'src/model', 'src/config', 'src/science', 'stages'];
// A given moment told in UTC asks no clock and no time zone.
const impure =
  /\b(?:Date\.now|new Date(?!\(\w+\)\.toISOString)|Math\.random|process\.|console\.|performance\.|\.localeCompare|toLocale\w+)/;
/** Operations whose last bits differ between engines or processors. */
const inexact =
  /\bMath\.(?:acos|asin|atan2?|sin|cos|tan|exp|expm1|log|log1p|log2|log10|sinh|cosh|tanh|acosh|asinh|atanh|pow|hypot|cbrt)\b|[^*/]\*\*[^*/]/;

/** The code of a file without its comments and the text in quotes. */
function codeOf(file: string): string {
  const text = readFileSync(join(root, file), 'utf8');
  // Powers of big integers are exact everywhere.
  return text
    .replace(/\d+n \*\* /g, '')
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g, '');
}

describe('pure folders', () => {
  const files = read.files.filter(
    (file) => pure.some((folder) => file.startsWith(`${folder}/`)) && !file.endsWith('.generated.ts'),
  );

  test('use no clock, no chance, no process and no locale', () => {
    expect(files.filter((file) => impure.test(codeOf(file)))).toEqual([]);
  });

  test('science uses only operations whose bits every engine agrees on', () => {
    const science = files.filter((file) => /^(?:src\/science|stages)\//.test(file));
    expect(science.length).toBeGreaterThan(40);
    expect(science.filter((file) => inexact.test(codeOf(file)))).toEqual([]);
  });
});

describe('sizes', () => {
  test('no file is over 300 lines', () => {
    const long = read.files.filter(
      (file) =>
        !file.endsWith('.generated.ts') && readFileSync(join(root, file), 'utf8').split('\n').length > 301,
    );
    expect(long).toEqual([]);
  });

  test('every module opens by saying what it is for', () => {
    const silent = read.files.filter(
      (file) => !/^(?:#!.*\n)?\/\*\*|^\/\/ [0-9a-f]{64}/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(silent).toEqual([]);
  });
});
