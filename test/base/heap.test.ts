/** What goes into a heap comes out in order. */
import { expect, test } from 'vitest';
import { Heap } from '../../src/base/heap.ts';
import { randomStream } from '../../src/base/random.ts';

const ascending = () => new Heap<number>((a, b) => a < b);

function drained<T>(heap: Heap<T>): T[] {
  const items: T[] = [];
  while (heap.size > 0) items.push(heap.pop() as T);
  return items;
}

test('an empty heap gives nothing, however often it is asked', () => {
  const heap = ascending();
  expect([heap.pop(), heap.pop(), heap.size]).toEqual([undefined, undefined, 0]);
  heap.push(1);
  expect([heap.pop(), heap.pop(), heap.size]).toEqual([1, undefined, 0]);
});

test('items of every number and order come out sorted, equal ones as often as they went in', () => {
  const stream = randomStream('c4'.repeat(16));
  for (let count = 0; count < 70; count++) {
    const items = Array.from({ length: count }, () => Math.floor(stream.uniform() * 20));
    const heap = ascending();
    for (const item of items) heap.push(item);
    expect(heap.size).toBe(count);
    expect(drained(heap)).toEqual(items.toSorted((a, b) => a - b));
  }
});

test('the first of those that are in it comes out, while others go in', () => {
  const stream = randomStream('c5'.repeat(16));
  const heap = ascending();
  let held: number[] = [];
  for (let i = 0; i < 2000; i++) {
    if (stream.uniform() < 0.55) {
      const item = Math.floor(stream.uniform() * 1000);
      heap.push(item);
      held.push(item);
    } else {
      const first = held.length === 0 ? undefined : Math.min(...held);
      expect(heap.pop()).toBe(first);
      const at = held.indexOf(first as number);
      held = held.filter((_, place) => place !== at);
    }
    expect(heap.size).toBe(held.length);
  }
});

test('the order is the one that is given', () => {
  const heap = new Heap<readonly [string, number]>((a, b) => a[1] > b[1]);
  for (const item of [
    ['low', 1],
    ['high', 9],
    ['middle', 5],
  ] as const)
    heap.push(item);
  expect(drained(heap).map(([name]) => name)).toEqual(['high', 'middle', 'low']);
});
