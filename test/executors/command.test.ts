import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import type { Input, OneInput, Order, Out, Outcome, Work } from '../../src/model/executor.ts';
import { commandExecutor } from '../../src/executors/command.ts';
import { command, shell } from './support/command.ts';
import { makeBench } from './support/stage.ts';

const bench = makeBench();
const executor = commandExecutor({ grace: 300 });
afterAll(async () => {
  await executor.close();
  bench.remove();
});

const never = new AbortController().signal;
const bytes = (text: string) => new TextEncoder().encode(text);
let files = 0;

/** An artifact in a file, as a store would hold it. */
function stored(text: string): string {
  const path = join(bench.folder, 'store', String(++files));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const one = (text: string, extension: string, path?: string): OneInput => ({
  type: 'one',
  digest: digestOf(text),
  extension,
  content: path === undefined ? { type: 'bytes', bytes: bytes(text) } : { type: 'file', path },
});

const folderOf = (entries: Record<string, string>): OneInput => ({
  type: 'folder',
  digest: digestOf(JSON.stringify(entries)),
  entries: Object.entries(entries).map(([path, text]) => ({
    path,
    executable: path.endsWith('.sh'),
    digest: digestOf(text),
    content: { type: 'bytes', bytes: bytes(text) },
  })),
});

interface Ran {
  readonly outcome: Outcome;
  readonly order: Order;
  /** Text of a file out; of a folder out its files by path. */
  readonly out: (role: string) => unknown;
}

async function run(
  work: Work,
  inputs: Record<string, Input> = {},
  more: Partial<Order> = {},
  by = executor,
): Promise<Ran> {
  const order = bench.order(work, { inputs, ...more });
  const outcome = await by.execute(order, never);
  return { outcome, order, out: (role) => readOut(outcome, role) };
}

function readOut(outcome: Outcome, role: string): unknown {
  if (outcome.type === 'failed') throw new Error(`${outcome.ending}: ${outcome.message}`);
  const out = outcome.outs[role] as Out;
  if (out.type === 'bytes') throw new Error('bytes');
  if (out.type === 'file') return readFileSync(out.path, 'utf8');
  return Object.fromEntries(
    out.entries.map((entry) => [
      entry.path,
      entry.content.type === 'file' ? readFileSync(entry.content.path, 'utf8') : '',
    ]),
  );
}

const failure = ({ outcome }: Ran) =>
  outcome.type === 'failed' ? { ending: outcome.ending, message: outcome.message } : outcome;

describe('a command that ends well', () => {
  it('gives its outs as files, its cost, and what it saw', async () => {
    const ran = await run(
      command(['sh', '-c', 'echo "$1" > "$2"', 'sh', 'two words', '${outs.model}'], {
        outs: { model: 'out/deep/model.txt' },
      }),
    );
    expect(ran.out('model')).toBe('two words\n');
    expect(ran.outcome).toMatchObject({
      type: 'done',
      evidence: {},
      warnings: [],
      seen: { executor: 'command', PATH: process.env['PATH'] },
    });
    expect(ran.outcome.cost.wall).toBeGreaterThan(0);
  });

  it('finds sources at their own paths, and artifacts under in/', async () => {
    const ran = await run(
      shell(
        'cat ${deps.script} ${deps.table} ${deps.bare} > ${outs.all}; find . -type f | sort >> ${outs.all}',
        {
          sources: { script: 'scripts/fit.py' },
          outs: { all: 'all.txt' },
        },
      ),
      { script: one('S', 'py', stored('S')), table: one('T', 'csv'), bare: one('B\n', '') },
    );
    expect(ran.out('all')).toBe('STB\n./all.txt\n./in/bare\n./in/table.csv\n./scripts/fit.py\n');
  });

  it('finds a gather as a folder with a file for each case, and a folder as a folder', async () => {
    const members = [6, 20].map((k) => ({ case: { k, name: 'a b' }, input: one(`${k};`, 'json') }));
    const ran = await run(
      shell('cd ${deps.all}; cat *; ls; cd ../..; find ${deps.tree} | sort; ${deps.tree}/run.sh', {
        outs: {},
      }),
      {
        all: { type: 'gather', members },
        tree: folderOf({ 'run.sh': '#!/bin/sh\necho ran\n', 'a/b.txt': '' }),
      },
    );
    const log = readFileSync(join(ran.order.folder, 'stdout'), 'utf8');
    expect(log).toBe(
      '20;6;k=20,name=a%20b.json\nk=6,name=a%20b.json\nin/tree\nin/tree/a\nin/tree/a/b.txt\nin/tree/run.sh\nran\n',
    );
  });

  it('can run a script that is a dep', async () => {
    const ran = await run(
      command(['./fit.sh', '${outs.a}'], { sources: { script: 'fit.sh' }, outs: { a: 'a' } }),
      {
        script: one('#!/bin/sh\necho fitted > "$1"\n', 'sh'),
      },
    );
    expect(ran.out('a')).toBe('fitted\n');
  });

  it('sees a built environment and no variable of ours', async () => {
    process.env['COLOPHON_TEST_SECRET'] = 'secret';
    const ran = await run(
      shell('env | sort > ${outs.env}; pwd >> ${outs.env}', {
        outs: { env: 'env' },
        env: { OMP_NUM_THREADS: '1' },
      }),
    );
    const folder = realpathSync(ran.order.folder);
    const expected = {
      HOME: join(ran.order.folder, 'home'),
      LANG: 'C.UTF-8',
      LC_ALL: 'C.UTF-8',
      OMP_NUM_THREADS: '1',
      PATH: process.env['PATH'],
      PWD: join(folder, 'scratch'),
      SOURCE_DATE_EPOCH: '0',
      TMPDIR: join(ran.order.folder, 'tmp'),
      TZ: 'UTC',
    };
    const lines = Object.entries(expected).map(([name, value]) => `${name}=${value}\n`);
    expect(ran.out('env')).toBe(`${lines.join('')}${join(folder, 'scratch')}\n`);
    expect(existsSync(expected.HOME) && existsSync(expected.TMPDIR)).toBe(true);
  });

  it('reads nothing from a terminal, and keeps its output where there is any', async () => {
    const ran = await run(shell('cat; echo out; echo err >&2'));
    expect(readFileSync(join(ran.order.folder, 'stdout'), 'utf8')).toBe('out\n');
    expect(readFileSync(join(ran.order.folder, 'stderr'), 'utf8')).toBe('err\n');
    const quiet = await run(shell(':'));
    expect(existsSync(join(quiet.order.folder, 'stdout'))).toBe(false);
  });

  it('may write to its copies of inputs', async () => {
    const path = stored('kept');
    const ran = await run(shell('echo more >> ${deps.a}; cat ${deps.a} > ${outs.b}', { outs: { b: 'b' } }), {
      a: one('kept', 'txt', path),
    });
    expect(ran.out('b')).toBe('keptmore\n');
    expect(readFileSync(path, 'utf8')).toBe('kept');
  });

  it('is told of files that it left and did not declare', async () => {
    const ran = await run(
      shell('mkdir -p logs d; touch logs/a.log b d/x; echo 1 > ${outs.c}', { outs: { c: 'c', d: 'd/' } }),
      { in: one('', 'txt') },
    );
    expect(ran.outcome).toMatchObject({
      type: 'done',
      warnings: ['left files that no out declares: b and logs/a.log'],
    });
  });

  it('gives a folder with its executable bits, links inside it resolved', async () => {
    const script =
      'mkdir -p r/sub; echo a > r/sub/a; chmod 755 r/sub/a; ln -s sub/a r/link; ln -s sub r/copy';
    const ran = await run(shell(script, { outs: { results: 'r/' } }));
    expect(ran.out('results')).toEqual({ 'copy/a': 'a\n', link: 'a\n', 'sub/a': 'a\n' });
    const out = ran.outcome.type === 'done' ? ran.outcome.outs['results'] : undefined;
    expect(out?.type === 'folder' && out.entries.map((entry) => entry.executable)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('gives an out that no other name shares', async () => {
    const ran = await run(shell('echo 1 > kept; ln kept ${outs.a}', { outs: { a: 'a' } }));
    const out = ran.outcome.type === 'done' ? ran.outcome.outs['a'] : undefined;
    expect(out?.type === 'file' && statSync(out.path).nlink).toBe(1);
    expect(ran.out('a')).toBe('1\n');
  });

  it('leaves nothing running', async () => {
    const ran = await run(
      shell('sh -c "sleep 30; echo late > ../late" & echo $! > ${outs.pid}', { outs: { pid: 'pid' } }),
    );
    const pid = Number(ran.out('pid'));
    await sleep(50);
    expect(isRunning(pid)).toBe(false);
  });
});

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('outs that are not as declared', () => {
  it.each([
    [':', 'a', 'out "a" (a) is missing: the command did not write it'],
    ['ln -s /etc/hostname a', 'a', 'out "a" (a) is a symbolic link; write the file itself'],
    ['mkdir a', 'a', 'out "a" (a) is a folder, not a file'],
    ['touch a', 'a/', 'out "a" (a) is a file, not a folder'],
    ['mkfifo a', 'a', 'out "a" (a) is neither a file nor a folder'],
    [
      'rmdir d; mkdir ../other; touch ../other/a; ln -s ../other d',
      'd/a',
      'out "a" (d/a) lies outside the scratch folder, through a symbolic link',
    ],
    [
      'mkdir d; ln -s /etc/hostname d/x',
      'd/',
      'out "a" holds the symbolic link x, which leads outside it or to a folder around it',
    ],
    [
      'mkdir d; ln -s . d/x',
      'd/',
      'out "a" holds the symbolic link x, which leads outside it or to a folder around it',
    ],
    ['mkdir d; ln -s gone d/x', 'd/', 'out "a" holds the symbolic link x, which leads nowhere'],
    ['mkdir d; mkfifo d/x', 'd/', 'out "a" holds x, which is neither a file nor a folder'],
    ['mkdir d; touch d/x d/X', 'd/', 'out "a" holds "X" and "x", one name on some file systems; rename one'],
  ])('%s', async (script, path, message) => {
    expect(failure(await run(shell(script, { outs: { a: path } })))).toEqual({ ending: 'outs', message });
  });
});

const input = (path: string) => ({ big: one('large', 'bin', path) });

describe('inputs too large to copy', () => {
  const linking = commandExecutor({ largestCopy: 3 });

  it('are linked, and may be read', async () => {
    const path = stored('large');
    const ran = await run(
      shell('cat ${deps.big} > ${outs.a}; stat -c %h ${deps.big} >> ${outs.a}', { outs: { a: 'a' } }),
      input(path),
      {},
      linking,
    );
    expect(ran.out('a')).toBe('large2\n');
  });

  it('may be unlinked, which harms nobody', async () => {
    const path = stored('large');
    const ran = await run(shell('rm ${deps.big}; echo other > ${deps.big}'), input(path), {}, linking);
    expect(ran.outcome.type).toBe('done');
    expect(readFileSync(path, 'utf8')).toBe('large');
  });

  it.each([
    ['with another size', 'echo more >> ${deps.big}'],
    [
      'with the same size and time',
      'touch -r ${deps.big} ../t; printf LARGE > ${deps.big}; touch -r ../t ${deps.big}',
    ],
  ])('are reported where they were written to, %s', async (_name, script) => {
    const ran = await run(shell(script), input(stored('large')), {}, linking);
    expect(failure(ran)).toEqual({
      ending: 'outs',
      message: 'the command wrote to its input "big"; write to a copy',
    });
    expect(ran.outcome).toMatchObject({ damaged: [digestOf('large')] });
  });

  it('are reported so even where the command failed', async () => {
    const ran = await run(shell('echo more >> ${deps.big}; exit 3'), input(stored('large')), {}, linking);
    expect(failure(ran)).toMatchObject({
      ending: 'outs',
      message: expect.stringContaining('wrote to its input "big"'),
    });
  });
});

describe('a command that fails', () => {
  it('is told by its exit code and the last lines of stderr', async () => {
    const ran = await run(shell('for i in $(seq 1 20); do echo line $i >&2; done; exit 3'));
    const lines = Array.from({ length: 10 }, (_, i) => `line ${i + 11}`);
    expect(failure(ran)).toEqual({
      ending: 'exit',
      message: `sh ended with exit code 3\n${lines.join('\n')}`,
    });
    expect(failure(await run(shell('exit 4')))).toEqual({
      ending: 'exit',
      message: 'sh ended with exit code 4',
    });
  });

  it('is told by its signal', async () => {
    expect(failure(await run(shell('kill -SEGV $$')))).toEqual({
      ending: 'crash',
      message: 'sh was ended by SIGSEGV',
    });
  });

  it.each([
    [
      ['no-such-program'],
      /^the program "no-such-program" is not on PATH \(.*\); install it, or give its path$/,
    ],
    [['./absent.sh'], /^\.\/absent\.sh is not there; declare it as a dep, or install it$/],
    [['./bad.sh'], /^the interpreter in the first line of \.\/bad\.sh is not there; install it$/],
    [
      ['./plain.txt'],
      /^\.\/plain\.txt may not be executed; a script needs a first line such as #!\/bin\/sh$/,
    ],
  ])('cannot start %s', async (argv, message) => {
    const sources = { bad: 'bad.sh', plain: 'plain.txt' };
    const inputs = { bad: one('#!/no/such/interpreter\n', 'sh'), plain: one('text', 'txt') };
    expect(failure(await run(command(argv, { sources }), inputs))).toEqual({
      ending: 'error',
      message: expect.stringMatching(message),
    });
  });

  it('because two deps need one path', async () => {
    const ran = await run(shell(':', { sources: { b: 'in/a.txt' } }), {
      a: one('1', 'txt'),
      b: one('2', 'txt'),
    });
    expect(failure(ran)).toEqual({
      ending: 'error',
      message: 'deps "a" and "b" both need the path in/a.txt; rename one',
    });
  });

  it('past its timeout, with all that it started', async () => {
    const ran = await run(shell('sleep 60 & echo $! > ../pid; sleep 60'), {}, { limits: { timeout: 200 } });
    expect(failure(ran)).toEqual({ ending: 'timeout', message: 'took longer than its timeout of 200 ms' });
    await sleep(50);
    expect(isRunning(Number(readFileSync(join(ran.order.folder, 'pid'), 'utf8')))).toBe(false);
  });

  it('past its timeout, although it does not listen', async () => {
    const ran = await run(
      shell('trap "" TERM; while :; do sleep 0.1; done'),
      {},
      { limits: { timeout: 200 } },
    );
    expect(failure(ran)).toMatchObject({ ending: 'timeout' });
  });

  it('past its memory limit, its children counted', async () => {
    const fill = `const kept = []; setInterval(() => kept.push(Buffer.alloc(1e7, 1)), 5)`;
    const ran = await run(
      shell(`"${process.execPath}" -e '${fill}' & wait`),
      {},
      { limits: { memory: 250e6, timeout: 60_000 } },
    );
    expect(failure(ran)).toEqual({
      ending: 'memory',
      message: expect.stringMatching(/^held \d.* [MG]B, over its limit of 250 MB$/),
    });
    expect(ran.outcome.cost.memory).toBeGreaterThan(250e6);
  });

  it('when it is interrupted, with time to tidy up', async () => {
    const stop = new AbortController();
    const order = bench.order(
      shell('trap "echo tidy > ../tidy; exit 0" TERM; touch ../begun; while :; do sleep 0.05; done'),
    );
    const running = executor.execute(order, stop.signal);
    while (!existsSync(join(order.folder, 'begun'))) await sleep(10);
    stop.abort();
    const outcome = await running;
    expect(outcome).toMatchObject({ type: 'failed', ending: 'interrupted', message: 'was interrupted' });
    expect(readFileSync(join(order.folder, 'tidy'), 'utf8')).toBe('tidy\n');
    const late = bench.order(shell(':'));
    expect(await executor.execute(late, stop.signal)).toMatchObject({ ending: 'interrupted' });
    expect(existsSync(late.folder)).toBe(false);
  });

  it('when the executor is closed', async () => {
    const own = commandExecutor({ grace: 100 });
    const order = bench.order(shell('touch ../begun; sleep 60'));
    const running = own.execute(order, never);
    while (!existsSync(join(order.folder, 'begun'))) await sleep(10);
    await own.close();
    expect(await running).toMatchObject({ type: 'failed', ending: 'interrupted' });
  });
});

describe('cost', () => {
  it('counts the processor time and the memory of what the command started', async () => {
    const busy =
      'let s = 0; const t = process.cpuUsage().user; const kept = Buffer.alloc(1e8, 1); while (process.cpuUsage().user - t < 4e5) s += 1;';
    const ran = await run(shell(`"${process.execPath}" -e '${busy}'`));
    expect(ran.outcome.cost.cpu).toBeGreaterThanOrEqual(400);
    expect(ran.outcome.cost.memory).toBeGreaterThan(1e8);
  });
});

describe('paths', () => {
  it('of the attempt hold nothing but scratch, home, tmp and logs', async () => {
    const ran = await run(shell('echo 1 > ${outs.a}; echo log', { outs: { a: 'a' } }));
    expect(readdirSync(ran.order.folder).sort()).toEqual(['home', 'scratch', 'stdout', 'tmp']);
  });

  it('through a link to the attempt are no trouble', async () => {
    mkdirSync(join(bench.folder, 'real'));
    symlinkSync('real', join(bench.folder, 'linked'));
    const ran = await run(
      shell('echo 1 > ${outs.a}', { outs: { a: 'd/a' } }),
      {},
      { folder: join(bench.folder, 'linked', 'attempt') },
    );
    expect(ran.out('a')).toBe('1\n');
  });
});
