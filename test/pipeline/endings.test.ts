/** A step that ends badly costs itself only; how and where it ended is said in the event and on stderr. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ending } from '../../src/model/event.ts';
import { type Ran, type Rig, eventsOf, newRig, removeRigs } from '../support/rig.ts';
import { pipelineText, shell, stageText } from './support/texts.ts';

interface BadStage {
  readonly name: string;
  readonly text?: string;
  readonly declared?: object;
  readonly ending: Ending;
  /** What the message says; for a stage file with the place. */
  readonly says: RegExp;
}

const helper = `
export function deep(n: number): number {
  return Math.sin(n);
}

export function endless(): number {
  for (let i = 0; ; i = (i + 1) % 7) if (i > 8) return i;
}

export function fill(): number {
  const all: number[][] = [];
  for (;;) all.push(Array.from({ length: 100_000 }, (_, i) => i));
}
`;

const imports = "import { deep, endless, fill } from '../lib/helper.ts';";
const bad = (run: string) => stageText({ run, before: imports });

/** Where in its stage file the arrow function of a bad stage stands. */
const line = String.raw`stages/[a-z-]+\.ts:\d+:\d+`;

const stages: readonly BadStage[] = [
  {
    name: 'sine',
    text: bad('() => ({ value: deep(1) })'),
    ending: 'impure',
    says: /impure: Math\.sin.* lib\/helper\.ts:2:\d+/,
  },
  {
    name: 'clock',
    text: bad('() => ({ value: Date.now() })'),
    ending: 'impure',
    says: new RegExp(`impure: Date\\S* .*${line}`),
  },
  {
    name: 'today',
    text: bad('() => ({ value: new Date().getTime() })'),
    ending: 'impure',
    says: new RegExp(`impure: .*Date.* ${line}`),
  },
  {
    name: 'chance',
    text: bad('() => ({ value: Math.random() })'),
    ending: 'impure',
    says: new RegExp(`impure: Math.random.* ${line}`),
  },
  {
    name: 'locale',
    text: bad('() => ({ value: "a".localeCompare("b") })'),
    ending: 'impure',
    says: /impure: .*localeCompare/,
  },
  {
    name: 'power',
    text: bad('() => ({ value: [3].map((x) => x ** 0.3)[0] })'),
    ending: 'impure',
    says: new RegExp(`impure: Math.pow.* ${line}`),
  },
  {
    name: 'undeclared-draw',
    text: bad('(_, __, { random }) => ({ value: random().uniform() })'),
    ending: 'error',
    says: /random: true/,
  },
  {
    name: 'nan',
    text: bad('() => ({ value: 0 / 0 })'),
    ending: 'outs',
    says: /out "value" is no number: .*NaN/,
  },
  {
    name: 'deep-nan',
    text: stageText({ outs: 'value: list', run: '() => ({ value: [{ x: 1 }, { x: 1, y: [0, 1 / 0] }] })' }),
    ending: 'outs',
    says: /\[1\]\.y\[1\] is Infinity/,
  },
  {
    name: 'nothing',
    text: bad('() => undefined'),
    ending: 'outs',
    says: /returned undefined, not an object of its outs \(value\)/,
  },
  { name: 'absent', text: bad('() => ({})'), ending: 'outs', says: /returned no "value"/ },
  { name: 'surplus', text: bad('() => ({ value: 1, more: 2 })'), ending: 'outs', says: /returned "more"/ },
  {
    name: 'thrower',
    text: bad('() => { throw new RangeError("k is 7, expected even"); }'),
    ending: 'error',
    says: new RegExp(`k is 7, expected even.*${line}`),
  },
  {
    name: 'rejecter',
    text: bad('async () => { await null; throw new Error("later"); }'),
    ending: 'error',
    says: new RegExp(`later.*${line}`),
  },
  {
    name: 'recursion',
    text: bad('() => { const f = (n) => 1 + f(n + 1); return { value: f(0) }; }'),
    ending: 'error',
    says: /call stack/,
  },
  {
    name: 'endless',
    text: bad('() => ({ value: endless() })'),
    declared: { timeout: 1 },
    ending: 'timeout',
    says: /longer than its timeout of 1\.?0? ?s/,
  },
  {
    name: 'hungry',
    text: bad('() => ({ value: fill() })'),
    declared: { resources: { memory: '200 MB' } },
    ending: 'memory',
    says: /over its limit of 200/,
  },
  {
    name: 'killed',
    text: stageText({ run: '() => { process.kill(process.pid, "SIGKILL"); for (;;); }' }),
    declared: { effects: ['native'] },
    ending: 'crash',
    says: /ended by SIGKILL/,
  },
  {
    name: 'exits',
    text: stageText({ run: '() => process.exit(3)' }),
    declared: { effects: ['native'] },
    ending: 'crash',
    says: /exit code 3/,
  },
  {
    name: 'exit-code',
    declared: { cmd: shell('echo trouble >&2; exit 5'), outs: { text: 'out.txt' } },
    ending: 'exit',
    says: /exit code 5[\s\S]*trouble/,
  },
  {
    name: 'no-out',
    declared: { cmd: ['true'], outs: { text: 'out.txt' } },
    ending: 'outs',
    says: /out\.txt/,
  },
  {
    name: 'link-out',
    declared: { cmd: shell('ln -s /etc/passwd out.txt'), outs: { text: 'out.txt' } },
    ending: 'outs',
    says: /out\.txt.*link/,
  },
  {
    name: 'no-program',
    declared: { cmd: ['colophon-no-such-program'], outs: { text: 'out.txt' } },
    ending: 'error',
    says: /"colophon-no-such-program" is not on PATH/,
  },
  {
    name: 'slow-command',
    declared: { cmd: ['sleep', '60'], outs: { text: 'out.txt' }, timeout: 1 },
    ending: 'timeout',
    says: /longer than its timeout/,
  },
  {
    name: 'dies',
    declared: { cmd: shell('kill -SEGV $$'), outs: { text: 'out.txt' } },
    ending: 'crash',
    says: /SIGSEGV/,
  },
];

let rig: Rig;
let ran: Ran;

beforeAll(async () => {
  const goods = Array.from({ length: 6 }, (_, i) => [
    `good${i}`,
    { use: 'stages/good.ts', params: { n: i } },
  ]);
  const bads = stages.map(({ name, text, declared = {} }) => [
    name,
    text === undefined ? declared : { use: `stages/${name}.ts`, ...declared },
  ]);
  const belows = stages.map(({ name, text }) => [
    `below-${name}`,
    {
      cmd: shell('cat in/* > out.txt'),
      deps: { x: `${name}.${text === undefined ? 'text' : 'value'}` },
      outs: { text: 'out.txt' },
    },
  ]);
  rig = newRig({
    'lib/helper.ts': helper.slice(1),
    'stages/good.ts': stageText({ params: 'n: z.int()', run: '(_, { n }) => ({ value: n })' }),
    ...Object.fromEntries(
      stages.flatMap(({ name, text }) => (text === undefined ? [] : [[`stages/${name}.ts`, text]])),
    ),
    'pipeline.yaml': pipelineText(Object.fromEntries([...bads, ...belows, ...goods])),
  });
  ran = await rig.run('--keep-going', '-j', '2');
});
afterAll(removeRigs);

describe('a stage that ends badly', () => {
  test.each(stages)('$name: $ending', ({ name, ending, says }) => {
    const failed = eventsOf(ran, 'failed').find(({ step }) => step === name);
    expect(failed).toMatchObject({ ending });
    expect(failed?.message).toMatch(says);
  });

  test('fails its own step, skips what needs it, and nothing else', () => {
    expect(ran.code).toBe(1);
    expect(ran.failed).toEqual(stages.map(({ name }) => name).sort());
    expect(ran.executed).toEqual(['good0', 'good1', 'good2', 'good3', 'good4', 'good5']);
    const skipped = eventsOf(ran, 'skipped').map(({ step, because }) => `${step} by ${because.join()}`);
    expect(skipped.sort()).toEqual(stages.map(({ name }) => `below-${name} by ${name}`).sort());
  });

  test('is told on stderr, in the same words, with the place', async () => {
    const { code, stderr } = await rig.colophon('run', 'sine', 'nan', 'exit-code', '--keep-going');
    expect(code).toBe(1);
    expect(stderr).toMatch(/✗ sine failed \(impure\): Math\.sin.* lib\/helper\.ts:2:\d+/);
    expect(stderr).toMatch(/✗ nan failed \(outs\): out "value" is no number/);
    expect(stderr).toMatch(/✗ exit-code failed \(exit\): sh ended with exit code 5/);
    expect(stderr).toMatch(/3 steps: 0 executed, 3 failed/);
  });

  test('has what it printed kept', async () => {
    const { stdout, stderr } = await rig.colophon('show', '--logs', 'exit-code');
    expect(stdout + stderr).toContain('trouble');
  });

  test('is executed again by the next run, and costs no more than itself', async () => {
    const before = await rig.plan('sine');
    expect(before).toMatchObject([{ step: 'sine', verdict: 'miss', reasons: [{ type: 'new' }] }]);
    rig.edit('lib/helper.ts', 'Math.sin(n)', 'n');
    expect(await rig.executes('below-sine')).toEqual(['below-sine', 'sine']);
  });
});

describe('without --keep-going', () => {
  test('nothing more is started after a failure, and what was done is kept', async () => {
    const names = Array.from({ length: 8 }, (_, i) => `s${i}`);
    const stage = (name: string) => ({ cmd: shell(`echo ${name} > out.txt`), outs: { text: 'out.txt' } });
    const other = newRig({
      'pipeline.yaml': pipelineText({
        ...Object.fromEntries(names.map((name) => [name, stage(name)])),
        s3: { cmd: ['false'], outs: { text: 'out.txt' } },
      }),
    });
    const first = await other.run('-j', '1');
    expect({ code: first.code, failed: first.failed }).toEqual({ code: 1, failed: ['s3'] });
    expect(first.executed.length).toBeLessThan(7);
    other.edit('pipeline.yaml', '"false"', '"sh", "-c", "echo 3 > out.txt"');
    const second = await other.executes();
    expect(second).toContain('s3');
    expect([...first.executed, ...second].sort()).toEqual(names);
  });
});

describe('retries', () => {
  /** A command that fails as often as `times` says, and counts. */
  const failing = (rig: Rig, name: string, times: number) =>
    shell(`echo . >> ${rig.path(name)}; [ $(wc -l < ${rig.path(name)}) -gt ${times} ] && echo ok > out.txt`);

  test('count, and wait longer each time', async () => {
    const other = newRig({});
    const stage = (name: string, times: number, retries: number) => ({
      cmd: failing(other, name, times),
      retries,
      outs: { text: 'out.txt' },
    });
    other.write({
      'stages/throws.ts': stageText({ run: '() => { throw new Error("always"); }' }),
      'stages/dies.ts': stageText({ run: '() => process.exit(1)' }),
      'pipeline.yaml': pipelineText({
        twice: stage('a', 2, 2),
        never: stage('b', 9, 1),
        throws: { use: 'stages/throws.ts', retries: 3 },
        dies: { use: 'stages/dies.ts', retries: 1, effects: ['native'] },
      }),
    });
    const result = await other.run('-k', '-j', '4');
    expect(result.code).toBe(1);
    expect(result.executed).toEqual(['twice']);
    expect(result.failed).toEqual(['dies', 'never', 'throws']);
    const delays = Map.groupBy(eventsOf(result, 'retried'), ({ step }) => step);
    expect(delays.get('twice')?.map(({ delay }) => delay)).toEqual([1000, 2000]);
    expect(delays.get('never')?.map(({ delay }) => delay)).toEqual([1000]);
    expect(delays.get('dies')?.map(({ ending }) => ending)).toEqual(['crash']);
    // What a stage file throws it would throw again.
    expect(delays.get('throws')).toBeUndefined();
    expect([other.read('a'), other.read('b')]).toEqual(['.\n.\n.\n', '.\n.\n']);
  });
});
