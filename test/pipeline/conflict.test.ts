/** Promise 5: the same key with other bytes is news; both results are kept, and a person chooses. */
import { readdirSync, rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { type Rig, eventsOf, newRig, removeRigs } from '../support/rig.ts';
import { pipelineText, shell, stageText } from './support/texts.ts';

afterAll(removeRigs);

/** A step that gives what `answers/<n>` says on its n-th execution, and one that reads what it gave. */
function answering(answers: readonly string[], settings: object = {}): Rig {
  const rig = newRig({
    'stages/length.ts': stageText({ deps: 'text: anyText', run: '({ text }) => ({ value: text.length })' }),
  });
  answers.forEach((text, i) => rig.write({ [`answers/${i + 1}`]: text }));
  const count = rig.path('count');
  const next = `n=$(cat ${count} 2>/dev/null || echo 0); n=$((n+1)); echo $n > ${count}`;
  rig.write({
    'pipeline.yaml': pipelineText({
      ask: {
        cmd: shell(`${next}; cat ${rig.path('answers')}/$n > answer.json`),
        outs: { answer: { path: 'answer.json', ...settings } },
        publish: { answer: 'results/answer.json' },
      },
      length: {
        use: 'stages/length.ts',
        deps: { text: 'ask.answer' },
        publish: { value: 'results/length.json' },
      },
    }),
  });
  return rig;
}

/** The attempts that `resolve` offers for the step, the current one first. */
async function offered(rig: Rig): Promise<string[]> {
  const { stdout } = await rig.colophon('resolve');
  return [...stdout.matchAll(/^ {2}(\S+\.\S+) {2}/gm)].map(([, attempt]) => attempt as string);
}

describe('a step that gives other bytes for the same key', () => {
  test('is reported, exit 3, and its first result stays current', async () => {
    const rig = answering(['"one"', '"other"']);
    expect(await rig.executes()).toEqual(['ask', 'length']);
    const { code, events, executed } = await rig.run('--force', 'ask');
    expect({ code, executed }).toEqual({ code: 3, executed: ['ask'] });
    expect(eventsOf({ events }, 'conflict')).toMatchObject([{ step: 'ask' }]);
    expect(rig.read('results/answer.json')).toBe('"one"');
    expect(await rig.executes()).toEqual([]);
  });

  test('has both results kept, and the one chosen is current from then on', async () => {
    const rig = answering(['"one"', '"other"']);
    await rig.run();
    await rig.run('--force', 'ask');
    const [, second, ...none] = await offered(rig);
    expect(none).toEqual([]);
    expect((await rig.colophon('resolve', 'ask', second as string)).code).toBe(0);
    expect(await rig.executes()).toEqual(['length']);
    expect(rig.read('results/answer.json')).toBe('"other"');
    expect(rig.read('results/length.json')).toBe('7\n');
    expect((await rig.colophon('resolve')).stdout).toContain('no conflicts');
    expect(await rig.executes()).toEqual([]);
  });

  test('may be confirmed in its first result, which settles the conflict as well', async () => {
    const rig = answering(['"one"', '"other"']);
    await rig.run();
    await rig.run('--force', 'ask');
    const [first] = await offered(rig);
    expect((await rig.colophon('resolve', 'ask', first as string)).code).toBe(0);
    expect((await rig.colophon('resolve')).stdout).toContain('no conflicts');
    expect(await rig.executes()).toEqual([]);
    expect(rig.read('results/answer.json')).toBe('"one"');
  });

  test('may have its other result chosen again, after all', async () => {
    const rig = answering(['"one"', '"other"']);
    await rig.run();
    await rig.run('--force', 'ask');
    const [first, second] = await offered(rig);
    await rig.colophon('resolve', 'ask', second as string);
    const { stdout } = await rig.colophon('resolve', 'ask');
    expect(stdout).toMatch(new RegExp(`${second} .*\\(current\\)`));
    expect(stdout).not.toMatch(new RegExp(`${first} .*\\(current\\)`));
    expect((await rig.colophon('resolve', 'ask', first as string)).code).toBe(0);
    expect(await rig.executes()).toEqual([]);
    expect(rig.read('results/answer.json')).toBe('"one"');
    expect((await rig.colophon('resolve', 'length')).code).toBe(2);
  });

  test('is told on stderr with what to do', async () => {
    const rig = answering(['"one"', '"other"']);
    await rig.colophon('run', '-q');
    const { code, stderr } = await rig.colophon('run', '-q', '--force', 'ask');
    expect(code).toBe(3);
    expect(stderr).toMatch(/ask is not deterministic: .*answer came out differently.*colophon resolve/);
  });

  test('twice gives three results to choose from', async () => {
    const rig = answering(['"one"', '"other"', '"third"', '"one"']);
    await rig.run();
    for (const code of [3, 3, 0]) expect((await rig.run('--force', 'ask')).code).toBe(code);
    expect((await offered(rig)).length).toBe(3);
  });
});

describe('no conflict', () => {
  test('is a forced step that gives the same bytes', async () => {
    const rig = answering(['"one"', '"one"']);
    await rig.run();
    const { code, executed } = await rig.run('--force', 'ask');
    expect({ code, executed }).toEqual({ code: 0, executed: ['ask'] });
    expect((await rig.colophon('resolve')).stdout).toContain('no conflicts');
  });

  test.each([
    ['canonical', '{"b": [1, 2], "a": 1.0}', '{ "a":1, "b":[1,2.0] }', '{ "a":1, "b":[2,1] }'],
    ['tolerance(absolute 1e-9)', '[1, 2]', '[1.0000000001, 2]', '[1.00001, 2]'],
  ])('is a result that compares equal by %s; one that does not is one', async (compare, first, near, far) => {
    const rig = answering([first, near, far], { compare });
    await rig.run();
    expect((await rig.run('--force', 'ask')).code).toBe(0);
    expect(rig.read('results/answer.json')).toBe(first);
    expect((await rig.run('--force', 'ask')).code).toBe(3);
  });

  test('is a stage that says that it is honestly random', async () => {
    const rig = answering(['"one"', '"other"']);
    rig.edit('pipeline.yaml', '"ask": {', '"ask": { "stochastic": true,');
    await rig.run();
    expect((await rig.run('--force', 'ask')).code).toBe(0);
    expect((await rig.colophon('resolve')).stdout).toContain('no conflicts');
  });
});

describe('lost bytes', () => {
  const long = (letter: string) => JSON.stringify(letter.repeat(40_000));

  /** Removes the files of all large artifacts. */
  function lose(rig: Rig): void {
    const objects = readdirSync(rig.path('.colophon'), { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && /^[0-9a-f]{60,64}$/.test(entry.name),
    );
    expect(objects.length).toBeGreaterThan(0);
    for (const { parentPath, name } of objects) rmSync(`${parentPath}/${name}`);
  }

  test('are made again, and the same bytes need no more', async () => {
    const rig = answering([long('a'), long('a')]);
    await rig.run();
    lose(rig);
    expect((await rig.plan())[0]).toMatchObject({
      step: 'ask',
      verdict: 'miss',
      reasons: [{ type: 'lost' }],
    });
    const { code, executed } = await rig.run();
    expect({ code, executed }).toEqual({ code: 0, executed: ['ask'] });
  });

  test('that come out otherwise become current, and the conflict stands', async () => {
    const rig = answering([long('a'), long('bb')]);
    await rig.run();
    lose(rig);
    const { code, executed, events } = await rig.run();
    expect({ code, executed }).toEqual({ code: 3, executed: ['ask', 'length'] });
    expect(eventsOf({ events }, 'conflict').length).toBe(1);
    expect(rig.read('results/length.json')).toBe('80002\n');
    expect(await rig.executes()).toEqual([]);
  });
});
