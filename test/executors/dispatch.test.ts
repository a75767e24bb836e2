import { describe, expect, it } from 'vitest';
import type { Executor, Outcome, Work } from '../../src/model/executor.ts';
import { dispatch } from '../../src/executors/dispatch.ts';
import { makeBench } from './support/stage.ts';

function recording(name: string, calls: string[]): Executor {
  const outcome: Outcome = {
    type: 'done',
    outs: {},
    evidence: {},
    cost: { wall: 0, cpu: 0, memory: 0 },
    seen: { name },
    warnings: [],
  };
  return {
    execute: (order) => {
      calls.push(`${name} ${order.work.type}`);
      return Promise.resolve(outcome);
    },
    close: () => {
      calls.push(`${name} closed`);
      return Promise.resolve();
    },
  };
}

describe('dispatch', () => {
  it('gives each order to the executor of its work, and closes all', async () => {
    const calls: string[] = [];
    const executor = dispatch({ bundle: recording('worker', calls), command: recording('command', calls) });
    const bench = makeBench();
    const command: Work = { type: 'command', argv: [], sources: {}, outs: {}, env: {} };
    const signal = new AbortController().signal;
    await executor.execute(bench.order(command), signal);
    await executor.execute(bench.order(await bench.stage('export const run = () => ({});')), signal);
    await executor.close();
    bench.remove();
    expect(calls).toEqual(['command command', 'worker bundle', 'worker closed', 'command closed']);
  });
});
