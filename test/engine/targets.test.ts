/** What targets name: stages, steps by some or all variables in any order, published paths, and all below. */
import { describe, expect, test } from 'vitest';
import { graphOf } from '../../src/engine/graph.ts';
import { select, targetSteps } from '../../src/engine/targets.ts';
import { type Case, formatCase, stepId } from '../../src/model/case.ts';
import { Fault } from '../../src/model/fault.ts';
import type { Step } from '../../src/model/step.ts';
import { stepNamed } from '../support/steps.ts';

const cases: readonly Case[] = [
  { k: 20, extra: 0 },
  { k: 20, extra: 1 },
  { k: 6, extra: 0 },
];

function stepOf(stage: string, binding: Case, needs: readonly string[] = [], publish = {}): Step {
  const made = stepNamed(stage, needs, { publish });
  return { ...made, id: stepId(stage, binding), case: binding };
}

const steps: readonly Step[] = [
  ...cases.map((binding) => stepOf('train', binding, [], { log: 'logs/${k}-${extra}.txt' })),
  ...cases.map((binding) => stepOf('polish', binding, [stepId('train', binding)])),
  stepOf(
    'table',
    {},
    cases.map((binding) => stepId('polish', binding)),
    { table: 'results/table.csv' },
  ),
  stepOf('other', { label: 'a,b' }),
  stepOf('sum', { of: '1+1' }),
];
const graph = graphOf(steps);
const named = (target: string) => targetSteps(target, steps, graph).toSorted();
const ids = (stage: string, chosen = cases) =>
  chosen.map((binding) => `${stage}@${formatCase(binding)}`).toSorted();

describe('a target', () => {
  test('that is a stage names all its steps', () => {
    expect(named('train')).toEqual(ids('train'));
    expect(named('table')).toEqual(['table']);
  });

  test('may bind the variables in any order', () => {
    expect(named('train@extra=0,k=20')).toEqual(['train@extra=0,k=20']);
    expect(named('train@k=20,extra=0')).toEqual(['train@extra=0,k=20']);
  });

  test('that binds some of them names every step with these values', () => {
    expect(named('polish@k=20')).toEqual(ids('polish', cases.slice(0, 2)));
    expect(named('polish@extra=0')).toEqual(['polish@extra=0,k=20', 'polish@extra=0,k=6']);
  });

  test('takes a value as a whole, as it is spelled in the name of the step', () => {
    expect(() => named('train@k=2')).toThrow(Fault);
    expect(named('other@label=a%2Cb')).toEqual(['other@label=a%2Cb']);
    expect(() => named('other@label=a,b')).toThrow(Fault);
  });

  test('may be typed as the name is spelled or as it is read', () => {
    expect(named('sum@of=1%2B1')).toEqual(['sum@of=1%2B1']);
    expect(named('sum@of=1+1')).toEqual(['sum@of=1%2B1']);
    expect(() => named('sum@of=1-1')).toThrow(Fault);
  });

  test('may be a path that a step publishes, filled in for its case', () => {
    expect(named('logs/20-1.txt')).toEqual(['train@extra=1,k=20']);
    expect(named('./results/table.csv')).toEqual(['table']);
  });

  test('with ^ takes all below as well', () => {
    expect(named('train@k=6^')).toEqual(['polish@extra=0,k=6', 'table', 'train@extra=0,k=6']);
    expect(named('results/table.csv^')).toEqual(['table']);
  });

  test.each([
    ['trian', 'there is no stage, step or published path "trian". Did you mean "train"?'],
    ['train@k=7', /no step is "train@k=7"; there are train@extra=0,k=20, .*train@extra=0,k=6/],
    ['train@n=20', /no step is "train@n=20"/],
    ['train@', /no step is "train@"/],
    ['table@k=6', 'no step is "table@k=6"; there is table.'],
    ['results/tabel.csv', /Did you mean "results\/table.csv"\?/],
  ])('that names nothing, %s, is refused with what there is', (target, message) => {
    expect(() => named(target)).toThrow(message);
  });
});

describe('a selection', () => {
  test('without targets is everything', () => {
    const { named: all, wanted } = select([], steps, () => graph);
    expect([...all]).toEqual(steps.map(({ id }) => id));
    expect(wanted).toEqual(all);
  });

  test('wants what its targets need, up to the sources', () => {
    const { named: meant, wanted } = select(['polish@k=6', 'other'], steps, () => graph);
    expect([...meant].toSorted()).toEqual(['other@label=a%2Cb', 'polish@extra=0,k=6']);
    expect([...wanted].toSorted()).toEqual(['other@label=a%2Cb', 'polish@extra=0,k=6', 'train@extra=0,k=6']);
  });

  test('of a stage whose cases are still to come wants what it waits for', () => {
    const waiting = [{ stage: 'later', on: ['table'] }] as never;
    for (const target of ['later', 'later@item=3', 'later^'])
      expect([...select([target], steps, () => graph, waiting).named]).toEqual(['table']);
  });
});
