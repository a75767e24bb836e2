/** Which executions are worth repeating first, and which are not for a stranger to run. */
import { describe, expect, test } from 'vitest';
import type { Recorded } from '../../../src/provenance/audit.ts';
import { byWorth, isProgram } from '../../../src/provenance/verify/sample.ts';

function recorded(stage: string, wall: number, more: object = {}): Recorded {
  const computation = { type: 'typescript', file: 'a.ts' };
  const step = { id: `${stage}@${wall}`, stage: { name: stage, effects: [], computation, ...more } };
  return { step, trace: { cost: { wall, cpu: wall, memory: 0 } } } as unknown as Recorded;
}
const order = (list: readonly Recorded[]) => byWorth(list).map(({ step }) => step.id);

describe('the order in which executions are repeated', () => {
  test('has every stage before any twice, the cheapest first', () => {
    const list = [recorded('a', 3), recorded('a', 1), recorded('a', 2), recorded('b', 50), recorded('c', 20)];
    expect(order(list)).toEqual(['a@1', 'c@20', 'b@50', 'a@2', 'a@3']);
  });

  test('leaves nothing out and repeats nothing', () => {
    const list = Array.from({ length: 40 }, (_, i) => recorded(`s${i % 7}`, (i * 37) % 41));
    expect([...order(list)].sort()).toEqual(list.map(({ step }) => step.id).sort());
  });
});

describe('a program', () => {
  test('is a command, or a stage that reaches beyond its inputs', () => {
    expect(isProgram(recorded('a', 1))).toBe(false);
    expect(isProgram(recorded('a', 1, { effects: ['platform-math', 'clock', 'timers'] }))).toBe(false);
    for (const effect of ['native', 'files', 'network'])
      expect(isProgram(recorded('a', 1, { effects: [effect] }))).toBe(true);
    expect(isProgram(recorded('a', 1, { computation: { type: 'command', argv: [] } }))).toBe(true);
  });
});
