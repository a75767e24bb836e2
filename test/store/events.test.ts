/** Events as bytes: given back as they were, in fewer and smaller batches. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import type { RunEvent } from '../../src/model/event.ts';
import { mergeBatches, packEvents, unpackEvents } from '../../store/events.ts';

const warning = (message: string): RunEvent => ({ type: 'warning', message });
const messages = fc.array(fc.string({ maxLength: 200, unit: 'binary' }), { maxLength: 40 });

describe('a batch', () => {
  test('gives back any events', () => {
    const property = fc.property(messages, (list) => {
      expect(unpackEvents(packEvents(list.map(warning)))).toEqual(list.map(warning));
    });
    fc.assert(property, { numRuns: 200, seed: 1 });
  });

  test('is compressed where that is worth it, and only there', () => {
    const hits = Array.from({ length: 200 }, (_, k): RunEvent => {
      const out = { digest: digestOf(`${k}`), size: 2000, kind: 'lines/1', extension: 'json' };
      return { type: 'hit', step: `spectrum@k=${k}`, key: digestOf(`key ${k}`), outs: { lines: out } };
    });
    const packed = packEvents(hits);
    expect(packed.form).toBe('deflate');
    expect(packed.bytes.length).toBeLessThan(JSON.stringify(hits).length / 2);
    expect(packEvents([warning('short')]).form).toBe('lines');
  });

  test('without events is empty', () => {
    expect(unpackEvents(packEvents([]))).toEqual([]);
  });
});

describe('merged batches', () => {
  test('hold the same events in the same order, and are few', () => {
    const property = fc.property(fc.array(messages, { maxLength: 20 }), (lists) => {
      const merged = mergeBatches(lists.map((list) => packEvents(list.map(warning))));
      expect(merged.flatMap(unpackEvents)).toEqual(lists.flat().map(warning));
      expect(merged.length).toBeLessThanOrEqual(1);
    });
    fc.assert(property, { numRuns: 100, seed: 2 });
  });

  test('are cut at about a million characters', () => {
    const long = Array.from({ length: 25 }, (_, index) =>
      packEvents([warning(`${index}`.padEnd(100_000, '-'))]),
    );
    const merged = mergeBatches(long);
    expect(merged.length).toBe(3);
    expect(merged.flatMap(unpackEvents)).toHaveLength(25);
  });
});
