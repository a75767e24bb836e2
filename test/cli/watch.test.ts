/** Watching a pipeline: an edit executes what it must, claims flip, edits during a run count, Ctrl-C is clean. */
import { afterEach, describe, expect, test } from 'vitest';
import { paper } from '../report/support/paper.ts';
import { type Rig, type Running, newRig, removeRigs, until } from '../support/rig.ts';

let running: Running | undefined;
afterEach(async () => {
  if (running?.process.exitCode === null) {
    running.process.kill('SIGKILL');
    await running.ended;
  }
  removeRigs();
});

const idle = /watching \d+ \w+; Ctrl-C ends it/g;
const rounds = () => running?.stderr().match(idle)?.length ?? 0;
const round = (count: number) => until(() => rounds() >= count, `round ${count}`);

async function watching(files: Readonly<Record<string, string>>): Promise<Rig> {
  const rig = newRig(files);
  running = rig.start(['watch', '-q']);
  await round(1);
  return rig;
}

async function end(signal: NodeJS.Signals = 'SIGINT') {
  running?.process.kill(signal);
  return (running as Running).ended;
}

describe('watch', () => {
  test('executes again what an edit invalidates, and says which claims flip', async () => {
    const rig = await watching(paper);
    rig.edit('lib/mean.ts', 'let sum = 0', 'let sum = 1000');
    await round(2);
    const { code, stdout, stderr } = await end();
    expect(code).toBe(130);
    expect(stderr).toContain('changed: lib/mean.ts');
    expect(stdout).toMatch(/mean-is-small holds → fails: 0\.\d+ → 125\.\d+/);
    expect(stdout).toMatch(/mean-is-large fails → holds: 1\.\d+ → 126\.\d+/);
    expect(stdout).not.toContain('three-rows');
    const runs = JSON.parse((await rig.colophon('runs', '--json')).stdout) as {
      counts: { executed: number };
    }[];
    expect(runs.map(({ counts }) => counts.executed)).toEqual([3, 6]);
  });

  test('does nothing for a file that no step rests on', async () => {
    const rig = await watching(paper);
    rig.write({ 'notes.txt': 'a thought' });
    rig.edit('pipeline.yaml', 'draws: 8', 'draws: 9');
    await round(2);
    const { stderr } = await end();
    expect(stderr).toContain('changed: pipeline.yaml\n');
  });

  test('tells what is wrong with an edit, and goes on when it is mended', async () => {
    const rig = await watching(paper);
    rig.edit('lib/mean.ts', 'let sum = 0;', 'let sum = ;');
    await round(2);
    expect(running?.stderr()).toMatch(/lib\/mean\.ts:3:\d+: /);
    rig.edit('lib/mean.ts', 'let sum = ;', 'let sum = 1000;');
    await round(3);
    const { stdout } = await end();
    expect(stdout).toContain('mean-is-small holds → fails');
  });

  test('an edit while a step executes is taken up afterwards, and the record is of what was read', async () => {
    const rig = newRig({ 'data.txt': 'one\n' });
    const gate = rig.gate('slow');
    rig.write({
      'pipeline.yaml': `pipeline: one\nstages:\n  copy:\n    cmd: [sh, -c, "cd ${rig.root}; ${gate.shell}; cd - > /dev/null; cat data.txt > out.txt"]\n    deps: { data: data.txt }\n    outs: { text: out.txt }\n    publish: { text: result.txt }\n`,
    });
    running = rig.start(['watch', '-q']);
    await gate.reached();
    rig.write({ 'data.txt': 'two\n' });
    gate.open();
    await round(2);
    await end();
    expect(rig.read('result.txt')).toBe('two\n');
    const { stdout } = await rig.colophon('runs', '--json');
    expect((JSON.parse(stdout) as unknown[]).length).toBe(2);
  });

  test('a new file in a folder that is a source is a change', async () => {
    const rig = await watching({
      'data/a.txt': 'a\n',
      'pipeline.yaml':
        'pipeline: one\nstages:\n  join:\n    cmd: [sh, -c, "cat data/* > out.txt"]\n    deps: { data: data }\n    outs: { text: out.txt }\n    publish: { text: result.txt }\n',
    });
    rig.write({ 'data/b.txt': 'b\n' });
    await round(2);
    await end();
    expect(rig.read('result.txt')).toBe('a\nb\n');
  });

  test('ends by SIGTERM as well, and leaves the store as any run does', async () => {
    const rig = await watching(paper);
    expect((await end('SIGTERM')).code).toBe(143);
    expect((await rig.run()).executed).toEqual([]);
  });

  test('lets a running step end when it is interrupted', async () => {
    const rig = newRig({});
    const gate = rig.gate('slow');
    rig.write({
      'pipeline.yaml': `pipeline: one\nstages:\n  slow:\n    cmd: [sh, -c, "cd ${rig.root}; ${gate.shell}; cd - > /dev/null; echo 1 > out.txt"]\n    outs: { text: out.txt }\n`,
    });
    running = rig.start(['watch', '-q']);
    await gate.reached();
    running.process.kill('SIGINT');
    gate.open();
    expect((await running.ended).code).toBe(130);
    expect((await rig.run()).executed).toEqual([]);
  });
});
