/** A step is a hit or a miss, and of a miss each difference from the last execution is a reason that says what changed. */
import { describe, expect, test } from 'vitest';
import { type Digest, digestOf } from '../../src/base/digest.ts';
import { shortDigest } from '../../src/base/text.ts';
import { type Memory, changes, explain, partsOf } from '../../src/engine/explain.ts';
import { type KeyParts, keyOf, protocol, streamOf } from '../../src/model/key.ts';
import type { Step } from '../../src/model/step.ts';
import type { Trace } from '../../src/model/trace.ts';
import { stepNamed } from '../support/steps.ts';

const [a, b, c] = [digestOf('a'), digestOf('b'), digestOf('c')];

const parts = (settings: Partial<KeyParts> = {}): KeyParts => ({
  protocol,
  code: a,
  params: {},
  case: {},
  inputs: {},
  outs: { value: 'number/1' },
  environment: {},
  ...settings,
});

/** What the reasons say, each with its type. */
const said = (before: Partial<KeyParts>, after: Partial<KeyParts>) =>
  changes(parts(before), parts(after)).map(({ type, detail }) => `${type}: ${detail}`);

describe('the parts of a key', () => {
  const step: Step = { ...stepNamed('fit', ['data']), case: { k: 6 } };
  const random: Step = { ...stepNamed('fit', [], { random: true }), case: { k: 6 } };

  test('are the code, params, case, inputs, kinds of outs and environment', () => {
    const signature = { ...step.signature, params: { starts: 3 } };
    expect(partsOf({ ...step, signature }, { data: b }, { node: '24' }, 7)).toEqual({
      protocol,
      code: digestOf('code of fit'),
      params: { starts: 3 },
      case: { k: 6 },
      inputs: { data: b },
      outs: { value: 'number/1' },
      stream: undefined,
      environment: { node: '24' },
    });
  });

  test('have a stream, from seed, stage and case, only where the stage is random', () => {
    expect(partsOf(random, {}, {}, 7).stream).toBe(streamOf(7, 'fit', { k: 6 }));
    expect(keyOf(partsOf(step, {}, {}, 7))).toBe(keyOf(partsOf(step, {}, {}, 8)));
    expect(keyOf(partsOf(random, {}, {}, 7))).not.toBe(keyOf(partsOf(random, {}, {}, 8)));
  });

  test('do not hold the name of the step, so that a renamed stage is found', () => {
    const renamed = { ...step, id: 'other@k=6', stage: { ...step.stage, name: 'other' } };
    expect(keyOf(partsOf(renamed, {}, {}, 7))).toBe(keyOf(partsOf(step, {}, {}, 7)));
  });
});

describe('a verdict', () => {
  const step = stepNamed('fit', []);
  const now = parts({ params: { starts: 3 } });
  const traceOf = (of: KeyParts): Trace => ({
    key: keyOf(of),
    parts: of,
    step: 'fit',
    stage: 'fit',
    case: {},
    outs: {},
    evidence: {},
    cost: { wall: 1, cpu: 1, memory: 1 },
    run: 'run-1',
    attempt: 'attempt-1',
    seen: {},
    at: 0,
    torn: false,
  });
  const memory = (settings: Partial<Memory> = {}): Memory => ({
    look: () => ({ trace: undefined, isLost: false }),
    newest: () => undefined,
    ...settings,
  });
  const reasons = (known: Partial<Memory>, forced = false) => {
    const verdict = explain(step, now, memory(known), forced);
    return verdict.type === 'miss' ? verdict.reasons.map(({ type }) => type) : verdict.type;
  };
  const look = (key: Digest) => ({ trace: key === keyOf(now) ? traceOf(now) : undefined, isLost: false });

  const lost = (key: Digest) => ({ trace: undefined, isLost: key === keyOf(now) });

  test('is a hit, with the trace, where there is one for the very key', () => {
    expect(explain(step, now, memory({ look }), false)).toEqual({
      type: 'hit',
      key: keyOf(now),
      trace: traceOf(now),
    });
    expect(explain(step, parts({ params: { starts: 4 } }), memory({ look }), false).type).toBe('miss');
  });

  test('is a miss that holds its key and parts', () => {
    expect(explain(step, now, memory(), false)).toMatchObject({ type: 'miss', key: keyOf(now), parts: now });
  });

  test('is a miss where it is forced, trace or not, and says that alone', () => {
    expect(reasons({ look }, true)).toEqual(['forced']);
    expect(reasons({ look: lost, newest: () => traceOf(parts()) }, true)).toEqual(['forced']);
  });

  test('is lost where only the artifacts are gone, whatever was executed since', () => {
    expect(reasons({ look: lost, newest: () => traceOf(parts()) })).toEqual(['lost']);
  });

  test('is new where the step was never executed', () => {
    const newest = (name: string) => (name === 'other' ? traceOf(parts()) : undefined);
    expect(reasons({ newest })).toEqual(['new']);
  });

  test('says what changed since the newest execution of the step', () => {
    const newest = (name: string) => (name === 'fit' ? traceOf(parts({ code: b })) : undefined);
    expect(reasons({ newest })).toEqual(['code', 'params']);
  });

  test('says that an execution of the same parts was torn', () => {
    const verdict = explain(step, now, memory({ newest: () => traceOf(now) }), false);
    expect(verdict).toMatchObject({ type: 'miss', reasons: [{ type: 'new' }] });
    expect(JSON.stringify(verdict)).toContain('was torn by an input that changed');
  });
});

describe('what changed', () => {
  test('is nothing between equal parts, whatever the order of names', () => {
    const many = { params: { x: 1, y: [1, { z: null }] }, case: { k: 6, l: 'a' }, inputs: { p: a, q: b } };
    const same = { params: { y: [1, { z: null }], x: 1 }, case: { l: 'a', k: 6 }, inputs: { q: b, p: a } };
    expect(said(many, same)).toEqual([]);
  });

  test('is said of the code by short digests', () => {
    expect(said({}, { code: b })).toEqual([`code: code: ${shortDigest(a)} → ${shortDigest(b)}`]);
  });

  test('is said of params by name, old and new, sorted', () => {
    expect(
      said({ params: { same: 1, starts: 10, old: true } }, { params: { same: 1, starts: 20, fresh: 'x' } }),
    ).toEqual([
      'params: params.fresh: absent → "x"',
      'params: params.old: true → absent',
      'params: params.starts: 10 → 20',
    ]);
  });

  test('tells a null from what is absent, and 0 from false', () => {
    expect(said({ params: { x: null } }, {})).toEqual(['params: params.x: null → absent']);
    expect(said({ params: { x: 0 } }, { params: { x: false } })).toEqual(['params: params.x: 0 → false']);
  });

  test('is cut where a value is long', () => {
    const [line] = said({}, { params: { list: Array.from({ length: 100 }, (_, i) => i) } });
    expect(line).toMatch(/^params: params\.list: absent → \[0,1,2,.*…$/);
    expect(line?.length).toBeLessThan(100);
  });

  test('is said of the case, the kinds of outs and the environment', () => {
    expect(
      said(
        { case: { k: 6 }, environment: { python: '3.1' } },
        { case: { k: 8 }, outs: { value: 'number/2' }, environment: { python: '3.2' } },
      ),
    ).toEqual([
      'params: case.k: 6 → 8',
      'outs: outs.value: number/1 → number/2',
      'environment: python: "3.1" → "3.2"',
    ]);
  });

  test('is said of the random stream, new or another', () => {
    expect(said({}, { stream: a })).toEqual(['params: random: now declared']);
    expect(said({ stream: a }, { stream: b })).toEqual([
      'params: the random stream (seed, stage name or case)',
    ]);
    expect(said({ stream: a }, { stream: a })).toEqual([]);
  });
});

describe('of inputs', () => {
  test('those that came, went and changed are said by role', () => {
    expect(said({ inputs: { x: a, y: b } }, { inputs: { x: c, z: b } })).toEqual([
      `input: x: ${shortDigest(a)} → ${shortDigest(c)}`,
      'input: y: no longer an input',
      'input: z: a new input',
    ]);
  });

  test('two that swap places are two changes', () => {
    expect(said({ inputs: { x: a, y: b } }, { inputs: { x: b, y: a } })).toHaveLength(2);
  });

  test('a gather says which cases changed, were added and removed', () => {
    const before = [
      ['k=6', a],
      ['k=8', b],
      ['k=9', c],
    ] as const;
    const after = [
      ['k=10', c],
      ['k=6', b],
      ['k=9', c],
    ] as const;
    expect(said({ inputs: { all: before } }, { inputs: { all: after } })).toEqual([
      'input: all: k=6 changed; k=10 added; k=8 removed',
    ]);
    expect(said({ inputs: { all: before } }, { inputs: { all: [...before] } })).toEqual([]);
  });

  test('a gather with many changed cases counts them', () => {
    const of = (digest: Digest) => Array.from({ length: 9 }, (_, k) => [`k=${k}`, digest] as const);
    expect(said({ inputs: { all: of(a) } }, { inputs: { all: of(b) } })).toEqual([
      'input: all: k=0, k=1, k=2, k=3 and 5 more changed',
    ]);
  });

  test('a gather in the place of one artifact is said as such', () => {
    expect(said({ inputs: { all: a } }, { inputs: { all: [['k=6', a]] } })).toEqual([
      `input: all: ${shortDigest(a)} → a gather of 1`,
    ]);
  });
});
