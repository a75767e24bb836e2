/** The items of a list artifact: their ids in order, each item by the digest of its canonical JSON, bad lists refused. */
import { describe, expect, test, vi } from 'vitest';
import { type Digest, digestOf } from '../../src/base/digest.ts';
import { itemDigest, itemsOf } from '../../src/engine/items.ts';
import { Fault } from '../../src/model/fault.ts';
import { memoryStore } from '../../store/memory/store.ts';

const store = memoryStore();
const encode = (text: string) => new TextEncoder().encode(text);
const put = (text: string): Promise<Digest> => store.artifacts.put({ type: 'bytes', bytes: encode(text) });
const points = '[{"label":"b","x":1},{"x":2,"label":"a"}]';

describe('the items of a list', () => {
  test('are named by a field, in the order of the list, of whatever sort', async () => {
    const list = await put('[{"id":"b"},{"id":10},{"id":true},{"id":"a"}]');
    expect(itemsOf(store).ids(list, 'id')).toEqual(['b', 10, true, 'a']);
  });

  test('may be named by any field', async () => {
    const list = await put(points);
    expect(itemsOf(store).ids(list, 'label')).toEqual(['b', 'a']);
    expect(itemsOf(store).ids(list, 'x')).toEqual([1, 2]);
  });

  test('are none in an empty list', async () => {
    expect(itemsOf(store).ids(await put('[]'), 'id')).toEqual([]);
  });

  test('have the digest of their canonical JSON: neither spaces nor the order of fields count', async () => {
    const items = itemsOf(store);
    const written = await put(points);
    const another = await put('[ {"x": 2.0, "label": "a"} ]');
    const digest = digestOf('{"label":"a","x":2}\n');
    expect(items.digest(written, 'label', 'a')).toBe(digest);
    expect(items.digest(another, 'label', 'a')).toBe(digest);
    expect(items.digest(written, 'label', 'b')).not.toBe(digest);
    expect(itemDigest(encode(points), 'label', 'a')).toBe(digest);
  });

  test('are in the store only once they are kept, under the same digest', async () => {
    const items = itemsOf(store);
    const list = await put('[{"id":"kept"}]');
    const digest = items.digest(list, 'id', 'kept');
    expect(store.artifacts.has(digest)).toBe(false);
    expect(await items.keep(list, 'id', 'kept')).toBe(digest);
    expect(new TextDecoder().decode(store.artifacts.read(digest))).toBe('{"id":"kept"}\n');
  });

  test('are found by the spelling of a number', async () => {
    const list = await put('[{"id":10},{"id":2}]');
    expect(itemsOf(store).digest(list, 'id', '10')).toBe(digestOf('{"id":10}\n'));
  });

  test('are read once a list and field', async () => {
    const list = await put(points);
    const read = vi.fn(store.artifacts.read);
    const items = itemsOf({ ...store, artifacts: { ...store.artifacts, read } });
    items.ids(list, 'label');
    items.digest(list, 'label', 'a');
    items.digest(list, 'label', 'b');
    expect(read).toHaveBeenCalledTimes(1);
    items.ids(list, 'x');
    expect(read).toHaveBeenCalledTimes(2);
  });
});

describe('refused', () => {
  test.each([
    ['what is not JSON', 'words', 'is not JSON'],
    ['an object', '{"id":1}', 'holds something else'],
    ['a null', 'null', 'holds something else'],
    ['an item without the field', '[{"id":1},{"name":2}]', 'item 1 has no id that could name it'],
    ['an id that is a list', '[{"id":[1]}]', 'item 0 has no id'],
    ['an id that is null', '[{"id":null}]', 'item 0 has no id'],
    ['an item that is no object', '[{"id":1},3]', 'item 1 has no id'],
    ['an item that is null', '[null]', 'item 0 has no id'],
    ['one id twice', '[{"id":"a"},{"id":"a","x":1}]', 'two items have the id "a"'],
    ['a number and a text spelled alike', '[{"id":1},{"id":"1"}]', 'two items have the id "1"'],
  ])('is %s', async (_, text, message) => {
    const ask = async () => itemsOf(store).ids(await put(text), 'id');
    await expect(ask()).rejects.toThrow(Fault);
    await expect(ask()).rejects.toThrow(message);
    expect(() => itemDigest(encode(text), 'id', 'a')).toThrow(message);
  });

  test('is an item that the list does not have', () => {
    expect(() => itemDigest(encode(points), 'label', 'c')).toThrow('no item has the label "c"');
  });
});
