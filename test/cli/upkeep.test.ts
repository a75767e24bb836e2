/** Commands that keep house, tried through the command line: lock, doctor, gc, completion in real shells, a closed stdout. */
import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import { type Rig, newRig, removeRigs } from '../support/rig.ts';
import { root as packageRoot } from '../support/imports.ts';
import { pipelineText, shell } from '../pipeline/support/texts.ts';

afterAll(removeRigs);

/** One large artifact, kept as a file, and one small one made from it. */
const largeAndSmall = (letter = 'a'): Rig =>
  newRig({
    'pipeline.yaml': pipelineText({
      large: {
        cmd: shell(`head -c 40000 /dev/zero | tr '\\0' ${letter} > out.txt`),
        outs: { text: 'out.txt' },
      },
      small: {
        cmd: shell('wc -c < in/text.txt > out.txt'),
        deps: { text: 'large.text' },
        outs: { size: 'out.txt' },
      },
    }),
  });

function objectsOf(rig: Rig): string[] {
  const folder = rig.path('.colophon/objects');
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  return all.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe('colophon lock --json', () => {
  test('says what was locked, and what of it changed', async () => {
    const rig = largeAndSmall();
    await rig.executes();
    const first = JSON.parse((await rig.colophon('lock', '--json')).stdout);
    expect(Object.keys(first.steps)).toEqual(['large', 'small']);
    expect(first).toMatchObject({ profile: 'default', changed: ['large', 'small'] });
    expect(JSON.parse((await rig.colophon('lock', 'small', '--json')).stdout).changed).toEqual([]);
  });
});

describe('colophon doctor', () => {
  test.each([
    ['gone', (path: string) => rmSync(path)],
    ['cut short', (path: string) => (chmodSync(path, 0o644), truncateSync(path, 100))],
  ])('finds an artifact that is %s, mends the store, and a run makes it again', async (_, harm) => {
    const rig = largeAndSmall();
    await rig.executes();
    const [object, ...others] = objectsOf(rig);
    expect(others).toEqual([]);
    harm(object as string);
    const sick = await rig.colophon('doctor');
    expect(sick.code).toBe(4);
    expect(sick.stdout).toMatch(/✗ artifacts +1 file of artifacts gone or cut short/);
    const mended = await rig.colophon('doctor', '--repair');
    expect(mended.stdout).toMatch(/✓ repair +forgot 1 lost artifact/);
    expect(mended.code).toBe(0);
    expect(await rig.executes()).toEqual(['large']);
    expect((await rig.colophon('doctor')).code).toBe(0);
  });

  test('says of a file that is no database what to do, exit 4', async () => {
    const rig = largeAndSmall();
    await rig.executes();
    for (const name of ['store.sqlite-wal', 'store.sqlite-shm'])
      rmSync(rig.path('.colophon', name), { force: true });
    writeFileSync(rig.path('.colophon/store.sqlite'), 'no database at all'.repeat(1000));
    const { code, stdout, stderr } = await rig.colophon('doctor');
    expect({ code, stderr }).toEqual({ code: 4, stderr: '' });
    expect(stdout).toMatch(/✗ store .*\n +→ .*move \.colophon away/);
  });
});

/** As if nothing in the store had been used for two hours. */
function leaveAlone(rig: Rig): void {
  const db = new Database(rig.path('.colophon/store.sqlite'));
  db.exec('UPDATE artifact SET used = used - 7200000');
  db.close();
}

describe('colophon gc', () => {
  /** A large artifact and all that came of it, replaced by another one. */
  async function replaced(): Promise<Rig> {
    const rig = largeAndSmall();
    await rig.executes();
    rig.edit('pipeline.yaml', "0' a >", "0' b >");
    await rig.executes();
    return rig;
  }

  const collect = async (rig: Rig, ...flags: readonly string[]) =>
    JSON.parse((await rig.colophon('gc', '--keep-runs', '0', '--json', ...flags)).stdout);

  test('removes what nothing needs any more, and exactly what a dry run said before', async () => {
    const rig = await replaced();
    leaveAlone(rig);
    const dry = await rig.colophon('gc', '-n', '--keep-runs', '0');
    expect(dry.stdout).toMatch(/^would remove 2 traces, 2 artifacts, 1 file: 40\.\d KB\n$/);
    const said = await collect(rig, '-n');
    const held = objectsOf(rig);
    expect(held).toHaveLength(2);
    const done = await collect(rig);
    expect(done).toMatchObject({ dryRun: false, traces: 2, artifacts: 2, files: 1 });
    expect(said).toEqual({ ...done, dryRun: true });
    expect(objectsOf(rig)).toHaveLength(1);
    expect(held).toContain(objectsOf(rig)[0]);
    expect((await rig.colophon('gc', '-n', '--keep-runs', '0')).stdout).toBe(
      'nothing to remove: every trace and artifact is needed\n',
    );
    expect(await rig.executes()).toEqual([]);
  });

  test('leaves artifacts that were used within the hour, and says so before', async () => {
    const rig = await replaced();
    const said = await collect(rig, '-n');
    const done = await collect(rig);
    expect(done).toEqual({ dryRun: false, traces: 2, artifacts: 0, files: 0, bytes: 0 });
    expect(said).toEqual({ ...done, dryRun: true });
    expect(objectsOf(rig)).toHaveLength(2);
  });
});

const has = (name: string) => spawnSync(name, ['--version']).status === 0;

/** A folder for PATH with `colophon` in it. */
function toolFolder(rig: Rig): string {
  const node = join(packageRoot, 'node_modules/.bin/node');
  rig.write({ 'bin/colophon': `#!/bin/sh\nexec ${node} ${join(packageRoot, 'dist/colophon.js')} "$@"\n` });
  chmodSync(rig.path('bin/colophon'), 0o755);
  return rig.path('bin');
}

function inShell(rig: Rig, program: string, args: readonly string[]) {
  const PATH = `${toolFolder(rig)}:${process.env['PATH']}`;
  return spawnSync(program, args, {
    cwd: rig.root,
    encoding: 'utf8',
    env: { PATH, HOME: rig.root, TERM: 'dumb' },
  });
}

describe('in a shell', () => {
  test('a reader that stops early is no error', () => {
    const rig = largeAndSmall();
    const line = 'colophon schema | head -1; echo "${PIPESTATUS[0]}"';
    const { stdout, stderr } = inShell(rig, 'bash', ['-c', line]);
    expect({ stdout, stderr }).toEqual({ stdout: '{\n0\n', stderr: '' });
  });

  test('bash completes commands, flags and steps', () => {
    const script = (line: string) => `eval "$(colophon completion bash)"
COMP_LINE='${line}' COMP_POINT=${line.length}; _colophon 2>/dev/null; echo "\${COMPREPLY[@]}"`;
    const rig = largeAndSmall();
    expect(inShell(rig, 'bash', ['-c', script('colophon sch')]).stdout).toBe('schema\n');
    expect(inShell(rig, 'bash', ['-c', script('colophon run ')]).stdout).toBe('large small\n');
    expect(inShell(rig, 'bash', ['-c', script('colophon run --keep')]).stdout).toBe('--keep-going\n');
  });

  test.skipIf(!has('fish'))('fish does so too (skipped where there is no fish)', () => {
    const script = (line: string) => `colophon completion fish | source; complete -C '${line}'`;
    const rig = largeAndSmall();
    expect(inShell(rig, 'fish', ['-c', script('colophon sch')]).stdout).toMatch(
      /^schema\tprint the JSON Schema/,
    );
    expect(inShell(rig, 'fish', ['-c', script('colophon run sm')]).stdout).toBe('small\n');
  });

  test.skipIf(!has('zsh'))('zsh takes the script (skipped where there is no zsh)', () => {
    const script = `autoload -U compinit && compinit -D -u; eval "$(colophon completion zsh)"
compadd() { print -r -- "$@" }; words=(colophon run sm); CURRENT=3; _colophon; print $_comps[colophon]`;
    const { stdout, stderr } = inShell(largeAndSmall(), 'zsh', ['-f', '-c', script]);
    expect(stderr).toBe('');
    expect(stdout).toContain('-- small');
    expect(stdout).toMatch(/\n_colophon\n$/);
  });
});
