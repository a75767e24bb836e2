/** Two executions gave the same where every role has the same bytes. */
import { expect, test } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import { sameOuts, type Trace } from '../../src/model/trace.ts';

const giving = (texts: Readonly<Record<string, string>>): Pick<Trace, 'outs'> => ({
  outs: Object.fromEntries(
    Object.entries(texts).map(([role, text]) => [
      role,
      { digest: digestOf(text), size: text.length, kind: 'text/1', extension: 'txt' },
    ]),
  ),
});

const many = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`out${i}`, `text ${i}`]));

test('the same bytes in all roles are the same, in whatever order they are listed', () => {
  const backwards = Object.fromEntries(Object.entries(many).reverse());
  expect(sameOuts(giving(many), giving(backwards))).toBe(true);
});

test('one other byte makes another result, also in the last of many roles', () => {
  expect(sameOuts(giving(many), giving({ ...many, out11: 'text 12' }))).toBe(false);
});

test('so does a role more, a role less, and another name', () => {
  const one = giving({ a: 'x' });
  const two = giving({ a: 'x', b: 'x' });
  expect([sameOuts(one, two), sameOuts(two, one), sameOuts(one, giving({ b: 'x' }))]).toEqual([
    false,
    false,
    false,
  ]);
});
