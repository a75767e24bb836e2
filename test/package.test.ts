import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const home = mkdtempSync(join(tmpdir(), 'colophon-package-'));
const installed = join(home, 'node_modules', 'colophon');

function run(command: string, ...words: string[]): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd: home, encoding: 'utf8' });
  return { status, text: `${stdout}${stderr}` };
}

/** The packed package in an empty project, beside the packages that it depends on. */
beforeAll(() => {
  const packed = spawnSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', home], {
    cwd: root,
    encoding: 'utf8',
  });
  const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
  mkdirSync(installed, { recursive: true });
  run('tar', '-xzf', filename, '-C', installed, '--strip-components=1');
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) {
    const link = join(home, 'node_modules', name);
    mkdirSync(join(link, '..'), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link);
  }
  const options = {
    module: 'nodenext',
    target: 'es2023',
    lib: ['es2023', 'dom'],
    strict: true,
    noEmit: true,
    types: [],
  };
  writeFileSync(
    join(home, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: options, files: ['use.mts'] }),
  );
  writeFileSync(join(home, 'package.json'), '{ "private": true }');
});
afterAll(() => rmSync(home, { recursive: true }));

const use = `
import { criticalPoint, type CriticalPoint, series, spectrum, threshold } from 'colophon/science';
const point: CriticalPoint = criticalPoint({ family: 'II', d: 1e6 });
const irrep: string | undefined = threshold({ family: 'A' })?.irrep;
const { minEigenvalue } = spectrum({ family: 'A', d: 5.75 });
const [first] = series({ family: 'A', quantity: 'loss', terms: 1 });
console.log(JSON.stringify([point.loss, irrep, minEigenvalue < 0, first?.closedForm]));
`;

describe('the packed package', () => {
  it('gives the library, with types', () => {
    writeFileSync(join(home, 'use.mts'), use);
    expect(run(join(root, 'node_modules', '.bin', 'tsc'), '-p', '.')).toEqual({ status: 0, text: '' });
    const { text } = run(process.execPath, 'use.mts');
    expect(JSON.parse(text)).toEqual([expect.closeTo(2.972467526436677e-7, 20), 'x', true, '1/2 - 1/pi']);
  });

  it('has types that refuse a family that is none', () => {
    writeFileSync(join(home, 'use.mts'), use.replace("'II'", "'Z'"));
    expect(run(join(root, 'node_modules', '.bin', 'tsc'), '-p', '.').text).toContain(
      `'"Z"' is not assignable`,
    );
  });

  it('has the command line, which makes a project and runs it', () => {
    const command = join(installed, 'dist', 'colophon.js');
    mkdirSync(join(home, 'paper'));
    const within = (...words: string[]) =>
      spawnSync(process.execPath, [command, ...words], { cwd: join(home, 'paper'), encoding: 'utf8' });
    expect(within('init').status).toBe(0);
    const { status, stderr } = within('run');
    expect([status, stderr.includes('2 executed')]).toEqual([0, true]);
    expect(readFileSync(join(home, 'paper', 'results', 'orbit.csv'), 'utf8')).toContain(',');
  });
});
