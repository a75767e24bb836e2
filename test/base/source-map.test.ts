import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { mappedSources, readSourceMap } from '../../src/base/source-map.ts';

async function bundleOf(source: string) {
  const result = await build({
    stdin: { contents: source, sourcefile: 'stages/a.ts', loader: 'ts' },
    write: false,
    minifyWhitespace: true,
    sourcemap: 'external',
    outfile: 'out/deep/bundle.js',
    absWorkingDir: '/',
  });
  const text = (end: string) => result.outputFiles.find((file) => file.path.endsWith(end))?.text ?? '';
  return { code: text('.js'), map: text('.map') };
}

describe('readSourceMap', () => {
  it('finds the line and column of every marked word of a bundle', async () => {
    const source =
      '// a comment\ntype T = number;\nlet a: T = mark1();\n\n  if (a) {\n    a = mark2(mark3);\n  }\n';
    const { code, map } = await bundleOf(source);
    const find = readSourceMap(map);
    for (const [word, line, column] of [
      ['mark1', 3, 12],
      ['mark2', 6, 9],
      ['mark3', 6, 15],
    ] as const) {
      const found = find(1, code.indexOf(word) + 1);
      expect(found).toEqual({ file: 'stages/a.ts', line, column });
    }
  });

  it('keeps its place over lines of the bundle', () => {
    // Line 1: column 0 → 0:0. Line 2: nothing. Line 3: column 4 → source 1, line 0 + 5, column 0 + 16.
    const find = readSourceMap(
      JSON.stringify({ version: 3, sources: ['a.ts', './b.ts'], mappings: 'AAAA;;ICKgB' }),
    );
    expect(find(1, 1)).toEqual({ file: 'a.ts', line: 1, column: 1 });
    expect(find(2, 1)).toBeUndefined();
    expect(find(3, 4)).toBeUndefined();
    expect(find(3, 5)).toEqual({ file: 'b.ts', line: 6, column: 17 });
    expect(find(3, 500)).toEqual({ file: 'b.ts', line: 6, column: 17 });
    expect(find(4, 1)).toBeUndefined();
  });

  it('goes backwards where a delta is negative', () => {
    const find = readSourceMap(JSON.stringify({ version: 3, sources: ['a.ts'], mappings: 'AAUU,CAFH' }));
    expect(find(1, 1)).toEqual({ file: 'a.ts', line: 11, column: 11 });
    expect(find(1, 2)).toEqual({ file: 'a.ts', line: 9, column: 8 });
  });

  it('says nothing of a part that no source made', () => {
    const find = readSourceMap(JSON.stringify({ version: 3, sources: [null], mappings: 'AAAA' }));
    expect(find(1, 1)).toBeUndefined();
  });

  it('refuses what is no source map', () => {
    expect(() => readSourceMap('{"version":2}')).toThrow('not a source map of version 3');
    expect(() => readSourceMap('{"version":3,"sources":[],"mappings":"!"}')).toThrow(
      'not a digit of a source map: "!"',
    );
  });
});

describe('mappedSources', () => {
  it('gives the lines of a file that reached the bundle, and no others', async () => {
    const source =
      'export function used() {\n  return 1;\n}\n// said\nfunction dead() {\n  return 2;\n}\ninterface T {}\n';
    const result = await build({
      stdin: { contents: source, sourcefile: 'stages/a.ts', loader: 'ts' },
      bundle: true,
      format: 'esm',
      write: false,
      sourcemap: 'external',
      outfile: 'bundle.js',
    });
    const map = result.outputFiles.find((file) => file.path.endsWith('.map'))?.text ?? '';
    const [file, ...others] = mappedSources(map);
    expect(others).toEqual([]);
    expect(file?.file).toBe('stages/a.ts');
    expect(file?.text).toBe(source);
    expect([...(file?.lines ?? [])].filter((line) => line > 3)).toEqual([]);
    expect(file?.lines.has(1)).toBe(true);
    expect(file?.lines.has(2)).toBe(true);
  });

  it('leaves out a file that the map has no text of, and one that gave nothing', () => {
    const map = { version: 3, sources: ['a.ts', 'b.ts'], mappings: 'AAAA' };
    expect(mappedSources(JSON.stringify(map))).toEqual([]);
    const withText = JSON.stringify({ ...map, sourcesContent: ['a();', 'b();'] });
    expect(mappedSources(withText).map(({ file }) => file)).toEqual(['a.ts']);
  });
});
