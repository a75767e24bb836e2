import { describe, expect, test } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import type { Brought } from '../../src/engine/bring.ts';
import { capacity } from '../../src/engine/capacity.ts';
import { needsOf, ordered } from '../../src/engine/graph.ts';
import { type Tally, type Work, schedule } from '../../src/engine/schedule.ts';
import { remainingPaths } from '../../src/engine/board.ts';
import type { RunEvent } from '../../src/model/event.ts';
import type { PlannedStep, Verdict } from '../../src/model/plan.ts';
import type { Step } from '../../src/model/step.ts';
import type { Trace } from '../../src/model/trace.ts';
import { randomSteps, stepNamed } from '../support/steps.ts';

const key = (step: Step) => digestOf(step.id);
const outs = (step: Step) => ({ value: { digest: key(step), size: 1, kind: 'number/1', extension: 'json' } });
const trace = (step: Step) => ({ key: key(step), outs: outs(step) }) as unknown as Trace;
const miss = (step: Step): Verdict => ({ type: 'miss', key: key(step), parts: {} as never, reasons: [] });

interface Rehearsal {
  readonly tally: Tally;
  readonly events: RunEvent[];
  /** Steps in the order in which they began. */
  readonly order: string[];
  readonly most: number;
}

interface Script {
  readonly jobs?: number;
  readonly keepGoing?: boolean;
  readonly end?: (step: Step) => Brought['type'];
  readonly stop?: AbortController;
  readonly onStart?: (step: Step) => void;
  readonly hit?: (step: Step) => boolean;
  readonly expand?: Work['expand'];
  readonly random?: () => number;
}

/** Schedules steps that take a moment each, with everything that happened noted down. */
async function rehearse(steps: readonly Step[], script: Script = {}): Promise<Rehearsal> {
  const events: RunEvent[] = [];
  const order: string[] = [];
  const done = new Set<string>();
  let running = 0;
  let most = 0;
  const verdict = (step: Step): Verdict =>
    script.hit?.(step) === true ? { type: 'hit', key: key(step), trace: trace(step) } : miss(step);
  const bring = async ({ step }: { step: Step }): Promise<Brought> => {
    for (const need of needsOf(step))
      if (!done.has(need)) throw new Error(`${step.id} began before ${need} was done`);
    order.push(step.id);
    script.onStart?.(step);
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 3 * (script.random?.() ?? 0)));
    running -= 1;
    const type = script.end?.(step) ?? 'done';
    if (type === 'done') done.add(step.id);
    if (type === 'failed') return { type, attempt: 'attempt', ending: 'error', message: 'failed' };
    return type === 'done' ? { type, trace: trace(step), how: 'executed' } : { type };
  };
  const planned: PlannedStep[] = steps.map((step) => ({ step, verdict: { type: 'waits', on: [] } }));
  const priorities = remainingPaths(ordered(steps), () => 1);
  const tally = await schedule(planned, {
    decide: async (step) => {
      const found = verdict(step);
      if (found.type === 'hit') done.add(step.id);
      return found;
    },
    bring,
    expand: script.expand ?? (async () => []),
    priority: (step) => priorities.get(step.id) ?? 0,
    capacity: capacity(script.jobs ?? 2, 1e9),
    keepGoing: script.keepGoing ?? false,
    stop: (script.stop ?? new AbortController()).signal,
    emit: (event) => events.push(event),
  });
  return { tally, events, order, most };
}

describe('schedule', () => {
  test('on 200 random graphs executes every step once, after all it needs, never more at once than allowed', async () => {
    for (let seed = 0; seed < 200; seed++) {
      const { steps, stream } = randomSteps(seed);
      const jobs = 1 + (seed % 4);
      const { tally, order, most } = await rehearse(steps, { jobs, random: () => stream.uniform() });
      expect(order.toSorted()).toEqual(steps.map(({ id }) => id).toSorted());
      expect(tally).toMatchObject({ executed: steps.length, failed: 0, skipped: 0, open: 0 });
      expect(most).toBeLessThanOrEqual(jobs);
    }
  });

  test('a failure skips exactly what needs it, and the rest goes on where asked to', async () => {
    for (let seed = 0; seed < 60; seed++) {
      const { steps, stream } = randomSteps(seed);
      const bad = new Set(steps.filter(() => stream.uniform() < 0.15).map(({ id }) => id));
      const lost = new Set<string>();
      for (const step of steps)
        if (needsOf(step).some((need) => bad.has(need) || lost.has(need))) lost.add(step.id);
      const { tally, order, events } = await rehearse(steps, {
        keepGoing: true,
        end: ({ id }) => (bad.has(id) ? 'failed' : 'done'),
      });
      expect(order.toSorted()).toEqual(
        steps
          .filter(({ id }) => !lost.has(id))
          .map(({ id }) => id)
          .toSorted(),
      );
      expect(tally).toMatchObject({ skipped: lost.size, open: 0 });
      expect(new Set(events.flatMap((event) => (event.type === 'skipped' ? [event.step] : [])))).toEqual(
        lost,
      );
    }
  });

  test('without keep-going nothing more is started after a failure', async () => {
    const steps = [stepNamed('bad', []), ...Array.from({ length: 20 }, (_, i) => stepNamed(`other${i}`, []))];
    const { tally, order } = await rehearse(steps, {
      jobs: 1,
      end: ({ id }) => (id === 'bad' ? 'failed' : 'done'),
    });
    expect(order.at(-1)).toBe('bad');
    expect(tally.open).toBe(steps.length - order.length);
  });

  test('stopping lets running steps end and starts no others', async () => {
    const steps = Array.from({ length: 10 }, (_, i) => stepNamed(`s${i}`, []));
    const stop = new AbortController();
    let started = 0;
    const onStart = () => {
      started += 1;
      if (started === 3) stop.abort();
    };
    const { tally, order } = await rehearse(steps, { jobs: 3, stop, onStart });
    expect(order.length).toBe(3);
    expect(tally).toMatchObject({ executed: 3, open: 7 });
  });

  test('hits start nothing and let what needs them go on', async () => {
    const steps = [stepNamed('a', []), stepNamed('b', ['a']), stepNamed('c', ['b'])];
    const { tally, order, events } = await rehearse(steps, { hit: ({ id }) => id !== 'c' });
    expect(order).toEqual(['c']);
    expect(tally).toMatchObject({ hits: 2, executed: 1 });
    expect(events.map(({ type }) => type)).toEqual(['hit', 'hit']);
  });

  test('the longest remaining path starts first', async () => {
    const steps = [
      stepNamed('short', []),
      stepNamed('long', []),
      stepNamed('long2', ['long']),
      stepNamed('long3', ['long2']),
    ];
    const { order } = await rehearse(steps, { jobs: 1 });
    expect(order[0]).toBe('long');
    expect(order.at(-1)).not.toBe('long');
  });

  test('a step that asks for more processors than there are runs alone', async () => {
    const steps = [
      stepNamed('wide', [], { resources: { cpus: 8, slots: {} } }),
      stepNamed('a', []),
      stepNamed('b', []),
    ];
    let alone = true;
    const running = new Set<string>();
    const { tally } = await rehearse(steps, {
      onStart: ({ id }) => {
        if ((id === 'wide' && running.size > 0) || running.has('wide')) alone = false;
        running.add(id);
      },
      end: ({ id }) => {
        running.delete(id);
        return 'done';
      },
      random: () => 1,
    });
    expect(alone).toBe(true);
    expect(tally.executed).toBe(3);
  });

  test('steps that a finished step adds are executed too', async () => {
    const first = stepNamed('list', []);
    const added = [stepNamed('item1', ['list']), stepNamed('item2', ['list'])];
    const { tally, order, events } = await rehearse([first], {
      expand: async (step) => (step.id === 'list' ? added : []),
    });
    expect(order).toEqual(['list', 'item1', 'item2']);
    expect(tally.executed).toBe(3);
    expect(events).toContainEqual({ type: 'expanded', stage: 'item1', steps: ['item1', 'item2'] });
  });

  test('a chain of 20 000 steps does not overflow the stack', async () => {
    const steps = Array.from({ length: 20_000 }, (_, i) => stepNamed(`s${i}`, i === 0 ? [] : [`s${i - 1}`]));
    const { tally } = await rehearse(steps, { hit: () => true });
    expect(tally.hits).toBe(20_000);
  });

  test('what breaks the store ends the schedule', async () => {
    await expect(
      rehearse([stepNamed('a', [])], {
        onStart: () => {
          throw new Error('disk full');
        },
      }),
    ).rejects.toThrow('disk full');
  });
});
