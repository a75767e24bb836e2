/** Broken promises of our own code are told by name. */
import { expect, test } from 'vitest';
import { InvariantError, invariant, present, unreachable } from '../../src/base/invariant.ts';

test('what holds passes, and what does not throws its sentence', () => {
  expect(() => invariant(1, 'one is not')).not.toThrow();
  for (const broken of [false, 0, '', null, undefined])
    expect(() => invariant(broken, 'the queue is empty')).toThrow(new InvariantError('the queue is empty'));
});

test('what is there is given back, zero and the empty text too; what is not is named', () => {
  expect([present(0, 'zero'), present('', 'text'), present(false, 'answer')]).toEqual([0, '', false]);
  expect(() => present(undefined, 'the step "fit"')).toThrow(new InvariantError('the step "fit" is missing'));
  expect(() => present(null, 'the run')).toThrow(InvariantError);
});

test('a tag that nobody thought of is shown', () => {
  const value = { type: 'unknown' } as unknown as never;
  expect(() => unreachable(value)).toThrow(new InvariantError('unexpected value {"type":"unknown"}'));
});

test('such an error is told from others by its name', () => {
  expect(new InvariantError('x').name).toBe('InvariantError');
  expect(new InvariantError('x')).toBeInstanceOf(Error);
});
