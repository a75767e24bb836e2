/** Plain data has one JSON text: sorted, exact, refused with the place of what JSON cannot hold. */
import { describe, expect, test } from 'vitest';
import { JsonError, canonicalJson, isMap } from '../../src/model/json.ts';

describe('the text of plain data', () => {
  test('does not depend on the order of names, and leaves undefined fields out', () => {
    expect(canonicalJson({ b: 1, a: [true, null], c: undefined })).toBe('{"a":[true,null],"b":1}');
  });

  test('keeps every number, minus zero too, and takes typed arrays as lists', () => {
    expect(canonicalJson([-0, 0.1, 1e300])).toBe('[-0,0.1,1e+300]');
    expect(canonicalJson({ x: Float64Array.of(-0, 2.5) })).toBe('{"x":[-0,2.5]}');
  });

  test.each([
    [{ points: [{ loss: NaN }] }, '.points[0].loss is NaN'],
    [[1, Infinity], '[1] is Infinity'],
    [{ run: () => 1 }, '.run is of type function'],
    [new Map(), 'the value is an instance of a class'],
    ['\ud800', 'the value is a string with a lone surrogate'],
  ])('is refused for %j with its place', (value, message) => {
    expect(() => canonicalJson(value)).toThrow(JsonError);
    expect(() => canonicalJson(value)).toThrow(message);
  });
});

test('a map is neither a list, nor null, nor a single value', () => {
  expect([{}, { a: 1 }].every(isMap)).toBe(true);
  expect([[], null, undefined, 'a', 1].some(isMap)).toBe(false);
});
