/** Promise 6: a failed, killed or interrupted run loses nothing; finishing it later executes only what is missing. */
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import { randomStream } from '../../src/base/random.ts';
import { openStore } from '../../store/open.ts';
import { type Ran, type Rig, eventsOf, newRig, removeRigs } from '../support/rig.ts';
import { endsOf, layered, layeredSteps as all } from './support/layers.ts';
import { pipelineText, shell } from './support/texts.ts';

afterAll(removeRigs);

/** The keys of which the store can serve a trace; every artifact must be sound. */
async function recorded(rig: Rig): Promise<Set<string>> {
  const store = openStore(rig.path('.colophon'), { absent: 'empty' });
  try {
    for await (const { digest, status } of store.artifacts.verify())
      expect({ digest, status }).toEqual({ digest, status: 'sound' });
    const keys = all.flatMap((step) => store.traces.ofStep(step).map(({ key }) => key));
    return new Set(keys.filter((key) => store.traces.find(key) !== undefined));
  } finally {
    await store.close();
  }
}

const executedKeys = (ran: Ran) => eventsOf(ran, 'executed').map(({ key }) => key);

describe('a run that is killed', () => {
  test('fifty times at any moment loses nothing, corrupts nothing, executes nothing again that was recorded', async () => {
    const rig = layered();
    const stream = randomStream(digestOf('killed'));
    let round = 0;
    for (let kills = 0; kills < 50;) {
      const kept = await recorded(rig);
      const running = rig.start(['run', '--json', '-j', '2']);
      // Now before it has said anything, now after some steps, now a moment later; now it comes to its end.
      const steps = Math.floor(stream.uniform() * 12) - 2;
      while (
        running.process.exitCode === null &&
        eventsOf({ events: running.events() }, 'executed').length < steps
      )
        await sleep(2);
      await sleep(Math.floor(stream.uniform() * (steps < 0 ? 300 : 25)));
      running.process.kill('SIGKILL');
      const ran = await running.ended;
      expect(executedKeys(ran).filter((key) => kept.has(key))).toEqual([]);
      const now = await recorded(rig);
      expect([...kept].filter((key) => !now.has(key))).toEqual([]);
      if (ran.signal === 'SIGKILL') kills += 1;
      if (ran.code !== 0) continue;
      rig.edit('pipeline.yaml', round === 0 ? 'ROUND' : `round ${round}`, `round ${round + 1}`);
      round += 1;
    }
    expect(round).toBeGreaterThan(1);
    const before = await recorded(rig);
    const finished = await rig.run();
    expect(finished.code).toBe(0);
    expect(executedKeys(finished).filter((key) => before.has(key))).toEqual([]);
    const fresh = rig.copy('without its store');
    await fresh.executes();
    expect(await rig.lock()).toBe(await fresh.lock());
  }, 400_000);

  test('leaves no scratch folders behind once another run has executed something', async () => {
    const rig = layered();
    const running = rig.start(['run', '--json']);
    while (running.events().length < 8) await sleep(5);
    running.process.kill('SIGKILL');
    await running.ended;
    expect(await rig.executes()).toContain('sum');
    expect(readdirSync(rig.path('.colophon/scratch'))).toEqual([]);
  });

  test('while a step executes leaves a lease that the next run takes over', async () => {
    const rig = newRig({});
    const gate = rig.gate('slow');
    rig.write({
      'pipeline.yaml': pipelineText({
        slow: { cmd: shell(`${gate.shell}; echo 1 > out.txt`), outs: { text: 'out.txt' } },
      }),
    });
    const running = rig.start(['run', '--json']);
    await gate.reached();
    running.process.kill('SIGKILL');
    await running.ended;
    gate.open();
    expect(await rig.executes()).toEqual(['slow']);
  });
});

describe('a run in which a step fails', () => {
  test('leaves earlier results published, and executes only what is missing when it is mended', async () => {
    const rig = layered();
    expect(await rig.executes()).toEqual(all);
    const sum = rig.read('results/sum.json');
    rig.edit('pipeline.yaml', 'ROUND', '`[ $1 = 3 ] || echo longer`');
    rig.edit(
      'pipeline.yaml',
      'wc -c < in/text.txt',
      'grep -q longer in/text.txt \u0026\u0026 wc -c < in/text.txt',
    );
    const failed = await rig.run('-k');
    expect({ code: failed.code, failed: failed.failed }).toEqual({ code: 1, failed: ['third@i=3'] });
    expect(rig.read('results/sum.json')).toBe(sum);
    rig.edit('pipeline.yaml', ' || echo longer`', ' \u0026\u0026 echo longest longer || echo longer`');
    const mended = await rig.executes();
    // The commands of `first` are others now, but only the case that failed gives other bytes.
    expect(mended).toEqual([
      'first@i=1',
      'first@i=2',
      'first@i=3',
      'first@i=4',
      'first@i=5',
      'second@i=3',
      'sum',
      'third@i=3',
    ]);
    expect(rig.read('results/sum.json')).not.toBe(sum);
  });
});

describe('what a run counts as executed', () => {
  test('was executed once each', async () => {
    const rig = layered();
    expect(await rig.executes('-j', '3')).toEqual(all);
    expect(endsOf(rig)).toEqual(all.filter((step) => step !== 'sum'));
  });
});
