/** Contents of artifacts that a run hands out again and again. */
import { describe, expect, test } from 'vitest';
import { type Digest, digestOf } from '../../src/base/digest.ts';
import { contentsOf } from '../../src/engine/contents.ts';
import type { Content } from '../../src/model/executor.ts';
import { Fault } from '../../src/model/fault.ts';

const encode = (text: string) => new TextEncoder().encode(text);

/** A shelf of texts that counts how often each is read. */
function shelfOf(texts: readonly string[]) {
  const bytes = new Map<Digest, Content>(
    texts.map((text) => [digestOf(text), { type: 'bytes', bytes: encode(text) }]),
  );
  const reads: string[] = [];
  const content = (digest: Digest): Content => {
    const found = bytes.get(digest);
    if (found === undefined) throw new Fault('store', 'not here');
    reads.push(digest);
    return found;
  };
  return { reads, shelf: { content, folder: () => [] } };
}

describe('contentsOf', () => {
  test('reads small bytes once, however often they are asked for', () => {
    const { reads, shelf } = shelfOf(['a']);
    const { content } = contentsOf(shelf);
    expect(content(digestOf('a'))).toEqual({ type: 'bytes', bytes: encode('a') });
    expect(content(digestOf('a'))).toEqual({ type: 'bytes', bytes: encode('a') });
    expect(reads).toHaveLength(1);
  });

  test('does not read what was noted, and keeps a copy of it', () => {
    const { reads, shelf } = shelfOf([]);
    const { content, note } = contentsOf(shelf);
    const bytes = encode('made');
    note(digestOf('made'), bytes);
    bytes.fill(0);
    expect(content(digestOf('made'))).toEqual({ type: 'bytes', bytes: encode('made') });
    expect(reads).toEqual([]);
  });

  test('lets go of the first where they are too many, and reads it again', () => {
    const texts = Array.from({ length: 200 }, (_, i) => `text ${i}`);
    const { reads, shelf } = shelfOf(texts);
    const { content } = contentsOf(shelf, 640);
    for (const text of texts) content(digestOf(text));
    content(digestOf('text 199'));
    expect(reads).toHaveLength(200);
    content(digestOf('text 0'));
    expect(reads.at(-1)).toBe(digestOf('text 0'));
    expect(reads).toHaveLength(201);
  });

  test('holds nothing that would take much of the room, and no path', () => {
    const large = 'x'.repeat(11);
    const { reads, shelf } = shelfOf([large]);
    const { content, note } = contentsOf(shelf, 640);
    note(digestOf(large), encode(large));
    content(digestOf(large));
    content(digestOf(large));
    expect(reads).toHaveLength(2);
  });

  test('passes on that an artifact is gone', () => {
    const { content } = contentsOf(shelfOf([]).shelf);
    expect(() => content(digestOf('gone'))).toThrow('not here');
  });
});
