import { describe, expect, test } from 'vitest';
import { listNode, mapNode, nodeAt } from '../../../src/config/yaml/tree.ts';

describe('nodes', () => {
  const items = [
    { data: 'six', start: 12 },
    { data: 7, start: 17 },
  ];
  const list = listNode(11, items);
  const map = mapNode(4, new Map([['k', { start: 4, node: list }]]));

  test('hold the plain data of what they are made of', () => {
    expect(list).toEqual({ data: ['six', 7], start: 11, items });
    expect(map.data).toEqual({ k: ['six', 7] });
    expect([mapNode(0, new Map()).data, listNode(0, []).data]).toEqual([{}, []]);
  });

  test('are found again by their path', () => {
    expect(nodeAt(map, ['k', 1])).toBe(items[1]);
    expect(nodeAt(map, ['k', 2])).toBeUndefined();
    expect(nodeAt(map, ['m'])).toBeUndefined();
  });
});
