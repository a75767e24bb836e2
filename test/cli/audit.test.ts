/** An audit finds what was tampered with, what is not deterministic, and records that were doctored; and names them. */
import { afterEach, describe, expect, test } from 'vitest';
import { paper } from '../report/support/paper.ts';
import { type Project, ranProject } from './support/project.ts';

let project: Project;
afterEach(() => project.remove());

async function ran(files: Readonly<Record<string, string>>): Promise<Project> {
  project = await ranProject(files);
  return project;
}

const command = (line: string, more = '') => ({
  'pipeline.yaml': `pipeline: one\nstages:\n  only:\n    cmd: [sh, -c, "{ ${line}; } > out.csv"]\n    outs: { table: { path: out.csv${more} } }\n`,
});

describe('an audit', () => {
  test('of what is sound says so, and leaves nothing behind', async () => {
    const { colophon, read } = await ran(paper);
    const before = read('results/means.csv');
    const { code, stdout } = await colophon('audit');
    expect(stdout).toContain('all sound');
    expect(stdout).toContain('6 executions repeated from the store: 6 byte for byte');
    expect(code).toBe(0);
    expect(read('results/means.csv')).toBe(before);
  });

  test('executes the code of the record, not that of the working tree', async () => {
    const { colophon, read, write } = await ran(paper);
    write({ 'lib/mean.ts': read('lib/mean.ts').replace('sum / list.length', '2 * sum') });
    const { code, stdout } = await colophon('audit', 'summary');
    expect(stdout).toContain('1 execution repeated from the store: 1 byte for byte');
    expect(code).toBe(0);
  });

  test('does not trust a bundle that lies about as a file', async () => {
    const { colophon, root } = await ran(paper);
    const { readdirSync, writeFileSync } = await import('node:fs');
    for (const name of readdirSync(`${root}/.colophon/bundles`))
      writeFileSync(`${root}/.colophon/bundles/${name}`, 'throw new Error("not the code")');
    expect((await colophon('audit')).code).toBe(0);
  });

  test('names an artifact with a flipped byte and what it is, and tries nothing that needs it', async () => {
    const { colophon, tamper } = await ran(paper);
    let digest = '';
    tamper((store) => {
      const { outs } = store.prepare("SELECT outs FROM trace WHERE step = 'sample@k=2'").get() as {
        outs: string;
      };
      digest = (JSON.parse(outs) as { draws: { digest: string } }).draws.digest;
      const blob = store
        .prepare('SELECT id, bytes FROM blob JOIN artifact USING (id) WHERE digest = ?')
        .get(digest) as { id: number; bytes: Buffer };
      blob.bytes[3] = (blob.bytes[3] as number) ^ 1;
      store.prepare('UPDATE blob SET bytes = ? WHERE id = ?').run(blob.bytes, blob.id);
    });
    const { code, stdout } = await colophon('audit');
    expect(code).toBe(3);
    expect(stdout).toContain(`artifact ${digest} is damaged: sample@k=2.draws`);
    expect(stdout).toContain(`summary not tried: its input samples is damaged (${digest.slice(0, 12)})`);
  });

  test('names a stage that is not deterministic, by step, role, place and both digests', async () => {
    const { colophon } = await ran(
      command("printf 'k,draw\\\\n1,'; od -An -N8 -tu8 /dev/urandom | tr -d ' '"),
    );
    const { code, stdout } = await colophon('audit');
    expect(code).toBe(3);
    expect(stdout).toMatch(
      /✗ only, table: row 1, column draw: \S+ → \S+\n +recorded [0-9a-f]{12}, now [0-9a-f]{12}/,
    );
  });

  test('accepts what an out declares as near enough, and says that it did', async () => {
    const noisy = command(
      "printf 'k,draw\\\\n1,0.'; od -An -N8 -tu8 /dev/urandom | tr -d ' '",
      ', compare: "tolerance(absolute 1, relative 0)"',
    );
    const { colophon } = await ran(noisy);
    const { code, stdout } = await colophon('audit');
    expect(stdout).toContain('0 byte for byte, 1 as the declared comparison allows');
    expect(code).toBe(0);
  });

  test('varies the time zone, and names a step that depends on it', async () => {
    const { colophon } = await ran(command('echo hour; date -d @0 +%H%M'));
    expect((await colophon('audit')).code).toBe(0);
    const { code, stdout } = await colophon('audit', '--vary');
    expect(code).toBe(3);
    expect(stdout).toContain('only (time zone), table: row 1, column hour: 0 → 530');
  });

  test('leaves alone in a varied environment what is deterministic', async () => {
    const { colophon } = await ran(paper);
    const { code, stdout } = await colophon('audit', '--vary');
    expect(stdout).toContain('12 executions repeated from the store: 12 byte for byte');
    expect(code).toBe(0);
  });
});

describe('a doctored record', () => {
  const doctor = (change: string) => (store: Parameters<Parameters<Project['tamper']>[0]>[0]) =>
    store.prepare(`UPDATE trace SET ${change}`).run();

  test('of other params no longer has the key of its parts', async () => {
    const { colophon, tamper } = await ran(paper);
    tamper(doctor(`detail = replace(detail, '"draws":8', '"draws":9') WHERE step = 'sample@k=1'`));
    const { code, stdout } = await colophon('audit');
    expect(code).toBe(3);
    expect(stdout).toContain('sample@k=1, key: the record was changed');
  });

  test('of another out is found by executing again', async () => {
    const { colophon, tamper } = await ran(paper);
    tamper((store) => {
      const outs = (step: string) =>
        (store.prepare('SELECT outs FROM trace WHERE step = ?').get(step) as { outs: string }).outs;
      store.prepare("UPDATE trace SET outs = ? WHERE step = 'sample@k=1'").run(outs('sample@k=2'));
    });
    const { code, stdout } = await colophon('audit', 'sample@k=1');
    expect(code).toBe(3);
    expect(stdout).toMatch(/sample@k=1, draws: \[0\]: [\d.]+ → [\d.]+/);
  });

  test('of other params with the key that they would have is found by executing again', async () => {
    const { colophon, tamper } = await ran(paper);
    const { keyOf } = await import('../../src/model/key.ts');
    tamper((store) => {
      const row = store.prepare("SELECT detail FROM trace WHERE step = 'sample@k=1'").get() as {
        detail: string;
      };
      const detail = JSON.parse(row.detail) as { parts: Parameters<typeof keyOf>[0] };
      const parts = { ...detail.parts, params: { ...detail.parts.params, draws: 9 } };
      store
        .prepare("UPDATE trace SET key = ?, detail = ? WHERE step = 'sample@k=1'")
        .run(keyOf(parts), JSON.stringify({ ...detail, parts }));
    });
    const { code, stdout } = await colophon('audit', 'sample@k=1');
    expect(code).toBe(3);
    expect(stdout).toMatch(/sample@k=1, draws: \[8\]: nothing → [\d.]+/);
  });

  test('of other evidence is found by executing again', async () => {
    const { colophon, tamper } = await ran(paper);
    tamper(doctor(`detail = json_replace(detail, '$.evidence.largest', 0.125) WHERE step = 'sample@k=3'`));
    const { code, stdout } = await colophon('audit');
    expect(code).toBe(3);
    expect(stdout).toMatch(/sample@k=3, evidence largest: 0.125 → [\d.]+/);
  });
});

describe('a time budget', () => {
  const sampled = (stdout: string) =>
    (JSON.parse(stdout) as { steps: { step: string }[] }).steps.map(({ step }) => step);

  /** Each step says that it took 20 s: a minute holds two of the six, with what starting costs. */
  const dear = async () => {
    const started = await ran(paper);
    started.tamper((store) => void store.prepare('UPDATE trace SET wall = 20000').run());
    return started;
  };
  const minute = ['audit', '--budget', '1m', '--jobs', '1'];

  test('takes a random sample that it states, and says what it left', async () => {
    const { colophon } = await dear();
    const { code, stdout } = await colophon(...minute);
    expect(code).toBe(0);
    expect(stdout).toContain('2 executions repeated');
    expect(stdout).toMatch(/a sample drawn with --seed [0-9a-f]{8}; 4 steps not tried: 1 min/);
  });

  test('takes the same sample for the same seed, and others for others', async () => {
    const { colophon } = await dear();
    const draw = async (seed: string) =>
      sampled((await colophon(...minute, '--json', '--seed', seed)).stdout);
    const first = await draw('a');
    expect(first).toHaveLength(2);
    expect(await draw('a')).toEqual(first);
    const others = await Promise.all(['b', 'c', 'd'].map(draw));
    expect(others.some((other) => other.join() !== first.join())).toBe(true);
  });

  test('is shared among variations, and no step is varied that was not repeated as recorded', async () => {
    const { colophon } = await dear();
    const { stdout } = await colophon('audit', '--budget', '2m', '--jobs', '1', '--vary', '--json');
    const { steps, left, begun } = JSON.parse(stdout) as {
      steps: { step: string; variation: string }[];
      left: string[];
      begun: string[];
    };
    const under = (name: string) => steps.filter(({ variation }) => variation === name);
    expect(under('as recorded').map(({ step }) => step)).toEqual(under('varied').map(({ step }) => step));
    expect([steps.length, left.length, begun]).toEqual([4, 4, []]);
  });

  test('that is no time is a usage error', async () => {
    const { colophon } = await ran(paper);
    const { code, stderr } = await colophon('audit', '--budget', 'soon');
    expect(code).toBe(2);
    expect(stderr).toContain('--budget takes a time such as 90s, 5m or 1h, found "soon"');
  });
});

describe('what an audit found', () => {
  const verdicts = ({ tamper }: Project) => {
    let rows: { step: string; verdict: string; detail: string }[] = [];
    tamper((store) => {
      const sql =
        'SELECT step, verdict, audit.detail FROM audit JOIN trace ON trace.id = trace ORDER BY audit.id';
      rows = store.prepare(sql).all() as typeof rows;
    });
    return rows.map(({ step, verdict, detail }) => {
      const { variation, says } = JSON.parse(detail) as { variation: string; says: string };
      return { step, verdict, variation, says };
    });
  };

  test('is kept in the store, for every execution', async () => {
    const { colophon } = await ran(paper);
    await colophon('audit', 'summary', '--vary');
    expect(verdicts(project)).toEqual([
      { step: 'summary', verdict: 'same', variation: 'as recorded', says: '' },
      { step: 'summary', verdict: 'same', variation: 'varied', says: '' },
    ]);
  });

  test('is kept with the first difference', async () => {
    const { colophon } = await ran(command('echo n; echo $$'));
    await colophon('audit');
    expect(verdicts(project)).toMatchObject([
      { verdict: 'differs', says: expect.stringMatching(/^table: row 1, column n: \d+ → \d+$/) },
    ]);
  });
});

describe('files of the store and of the project', () => {
  const large = {
    'pipeline.yaml':
      'pipeline: one\nstages:\n  only:\n    cmd: [sh, -c, "seq 1 9000 > out.txt"]\n    outs: { list: out.txt }\n    publish: { list: list.txt }\n',
  };

  test('a byte that is flipped below objects is named', async () => {
    const { colophon, root } = await ran(large);
    const { chmodSync, readFileSync, readdirSync, writeFileSync } = await import('node:fs');
    const objects = `${root}/.colophon/objects`;
    const [path] = readdirSync(objects, { recursive: true, encoding: 'utf8' }).filter(
      (each) => each.length > 60,
    );
    const bytes = readFileSync(`${objects}/${path}`);
    bytes[20_000] = (bytes[20_000] as number) ^ 1;
    chmodSync(`${objects}/${path}`, 0o644);
    writeFileSync(`${objects}/${path}`, bytes);
    const { code, stdout } = await colophon('audit');
    expect(code).toBe(3);
    expect(stdout).toContain(`artifact ${path?.slice(3)} is damaged: only.list`);
  });

  test('a published file that was edited is named', async () => {
    const { colophon, write } = await ran(large);
    write({ 'list.txt': '1\n' });
    const { code, stdout } = await colophon('audit');
    expect(code).toBe(3);
    expect(stdout).toContain('list.txt is not what only published there');
    expect(stdout).toContain('1 published file hashed again, 0 as published');
  });
});

describe('a command', () => {
  test('that has changed since is executed as it was', async () => {
    const { colophon, write } = await ran(command('echo n; echo 1'));
    write(command('echo n; echo 2'));
    const { code, stdout } = await colophon('audit');
    expect(stdout).toContain('1 execution repeated from the store: 1 byte for byte');
    expect(code).toBe(0);
  });

  test('that reads the clock is found', async () => {
    const { colophon } = await ran(command('echo t; date +%s%N'));
    const { code, stdout } = await colophon('audit');
    expect(code).toBe(3);
    expect(stdout).toMatch(/only, table: row 1, column t: \d+ → \d+/);
  });

  test('that takes files as a folder lists them is found where the order is another', async () => {
    const files = Object.fromEntries(
      'a b c d e f g h i j'.split(' ').map((name) => [`data/${name}.txt`, name]),
    );
    const yaml =
      'pipeline: one\nstages:\n  only:\n    cmd: [sh, -c, "ls -U data > out.txt"]\n    deps: { data: data }\n    outs: { list: out.txt }\n';
    const { colophon } = await ran({ ...files, 'pipeline.yaml': yaml });
    const { stdout } = await colophon('audit', '--vary');
    expect(stdout).toMatch(/only \((?:order of listing|varied together, or by chance)\), list: byte \d+/);
  });
});

describe('another Node', () => {
  test('executes the steps that depend on none', async () => {
    const { colophon } = await ran(paper);
    const { code, stdout } = await colophon('audit', '--node', process.execPath);
    // The command is no matter of Node.
    expect(stdout).toContain('11 executions repeated from the store: 11 byte for byte');
    expect(code).toBe(0);
  });

  test('that is none is refused', async () => {
    const { colophon } = await ran(paper);
    const { code, stderr } = await colophon('audit', '--node', '/bin/sh');
    expect(code).toBe(2);
    expect(stderr).toContain('--node takes the path of a Node executable; /bin/sh is none');
  });
});
