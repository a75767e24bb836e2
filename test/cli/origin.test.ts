/** Under which role an execution gave an artifact. */
import { expect, test } from 'vitest';
import { type Digest, digestOf } from '../../src/base/digest.ts';
import { roleOf } from '../../src/cli/origin.ts';
import type { Trace } from '../../src/model/trace.ts';

const traceOf = (outs: Readonly<Record<string, Digest>>) =>
  ({
    outs: Object.fromEntries(Object.entries(outs).map(([role, digest]) => [role, { digest }])),
  }) as unknown as Trace;

test('an artifact has the role that it was given under, the first where two have its bytes, or none', () => {
  const [a, b] = [digestOf('a'), digestOf('b')];
  const trace = traceOf({ table: a, figure: b, copy: b });
  expect(roleOf(trace, a)).toBe('table');
  expect(roleOf(trace, b)).toBe('figure');
  expect(roleOf(trace, digestOf('c'))).toBeUndefined();
});
