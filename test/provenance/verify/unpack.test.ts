/** Nothing gets past the reader of archives: no changed byte, no name that escapes, no size that lies. */
import { zipSync } from 'fflate';
import { assert, nat, property, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeArchive } from '../../../src/provenance/export/archive.ts';
import { unpack } from '../../../src/provenance/verify/unpack.ts';
import { headersOf, patch, rename, reseal, u32 } from '../support/forgery.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const entries = [
  { path: 'a.txt', bytes: encode('a few words, a few words, a few words, a few words') },
  { path: 'b/c.json', bytes: encode('{}') },
  { path: 'd.png', bytes: Uint8Array.from([137, 80, 78, 71, 0, 255]) },
  { path: 'empty', bytes: new Uint8Array() },
];
const archive = writeArchive(entries);

const messages = (bytes: Uint8Array) =>
  unpack(bytes).findings.map(({ where, message }) => `${where}: ${message}`);

describe('an archive as written', () => {
  test('comes out as it went in', () => {
    const { entries: found, findings } = unpack(archive);
    expect(findings).toEqual([]);
    expect([...found].map(([path, bytes]) => ({ path, bytes: Uint8Array.from(bytes) }))).toEqual(entries);
  });

  test('does not depend on the order of its entries', () => {
    expect(writeArchive([...entries].reverse())).toEqual(archive);
  });

  test('can be read at an offset of a larger buffer', () => {
    const large = new Uint8Array(archive.length + 7);
    large.set(archive, 7);
    expect(unpack(large.subarray(7)).findings).toEqual([]);
  });

  test('is read alike by other tools: the directory of a plain zip', () => {
    expect(Buffer.from(archive.subarray(0, 4)).toString('latin1')).toBe('PK\u0003\u0004');
  });

  test('gives plain files that can be read, where another tool unpacks it', () => {
    const view = new DataView(archive.buffer, archive.byteOffset);
    for (const { path } of entries) {
      const { central } = headersOf(archive, path);
      expect(view.getUint8(central + 5), 'made on unix').toBe(3);
      expect(view.getUint32(central + 38, true) >>> 16).toBe(0o100644);
    }
  });
});

describe('any change', () => {
  test('of any single bit is found', () => {
    const unseen: number[] = [];
    for (let at = 0; at < archive.length; at++)
      for (let bit = 0; bit < 8; bit++) {
        const changed = patch(archive, at, [(archive[at] as number) ^ (1 << bit)]);
        if (unpack(changed).findings.length === 0) unseen.push(at);
      }
    expect(unseen).toEqual([]);
  });

  test('of a byte of an entry names the entry, even under a seal that fits', () => {
    const at = headersOf(archive, 'd.png').local + 30 + 'd.png'.length + 2;
    expect(messages(reseal(patch(archive, at, [7])))).toEqual([
      expect.stringMatching(/^d\.png: its bytes have the checksum .* it was changed$/),
    ]);
  });

  test('at the end is found: cut off at any length, or longer', () => {
    for (let length = 0; length < archive.length; length++)
      expect(unpack(archive.subarray(0, length)).findings).not.toEqual([]);
    expect(messages(Buffer.concat([archive, Buffer.from('x')]))[0]).toContain(
      'something was added at its end',
    );
  });

  test('before the first entry is found', () => {
    const longer = reseal(Buffer.concat([Buffer.from('MZ program'), archive]));
    expect(messages(longer)).not.toEqual([]);
  });

  test('never makes it throw, whatever the bytes are', () => {
    assert(
      property(uint8Array({ maxLength: 400 }), nat(archive.length), (noise, at) => {
        unpack(noise);
        const mixed = Buffer.concat([archive.subarray(0, at), noise, archive.subarray(at)]);
        return noise.length === 0 || unpack(mixed).findings.length > 0;
      }),
      { numRuns: 300 },
    );
  });
});

describe('a file that is no bundle', () => {
  test('is told by how it begins', () => {
    const { findings, isForeign } = unpack(encode('pipeline: small-paper\n'));
    expect(isForeign).toBe(true);
    expect(findings[0]?.message).toBe(
      'it is no zip file: it begins with "pipeline"; `colophon export` writes bundles',
    );
  });

  test('is told from one that was cut off', () => {
    const { findings, isForeign } = unpack(archive.subarray(0, 90));
    expect(isForeign).toBe(false);
    expect(findings[0]?.message).toContain('it ends after 90 bytes');
  });

  test('is told from a zip of something else', () => {
    expect(messages(zipSync({ 'a.txt': encode('a') }))[0]).toContain('a zip file without the seal');
  });
});

describe('a name', () => {
  const long = writeArchive([
    { path: '1234567890.txt', bytes: encode('one') },
    { path: 'abcdefghij.txt', bytes: encode('two') },
  ]);
  const named = (name: string) => messages(rename(long, '1234567890.txt', name));

  test.each([
    ['../../evil.txt', 'its path has "..": it leads out of the bundle'],
    ['aa/../evil.txt', 'its path has "..": it leads out of the bundle'],
    ['/etc/evil.conf', 'its path is absolute: it leads out of the bundle'],
    ['C:\\evil123.txt', 'its path names a drive: it leads out of the bundle'],
    [
      'aa\\..\\evil.tx',
      'its path has a backslash, which is a separator on some machines: it leads out of the bundle',
    ],
    ['aa//0evil1.txt', 'its path is not in its shortest form'],
    ['aa/./evil1.txt', 'its path is not in its shortest form'],
    ['a_folder_12.ab/', 'it is a folder, and bundles hold only files'],
    ['aaa\u0000aevil.txt', 'its name has characters that no entry of a bundle has'],
    ['caf\u00e9 evil1.txt', 'its name has characters that no entry of a bundle has'],
  ])('such as %j is refused', (name, why) => {
    const placeholder = 'x'.repeat(name.length);
    const one = writeArchive([{ path: placeholder, bytes: encode('x') }]);
    expect(messages(rename(one, placeholder, name))).toContain(`${name}: ${why}`);
  });

  test('that stands there twice is refused', () => {
    expect(named('abcdefghij.txt')).toContain('abcdefghij.txt: the name stands there twice');
  });

  test('that another differs from in case alone is refused', () => {
    expect(named('ABCDEFGHIJ.txt')).toContain(
      'abcdefghij.txt: its name differs from ABCDEFGHIJ.txt in case alone',
    );
  });

  test('of a symbolic link is refused', () => {
    const { central } = headersOf(long, '1234567890.txt');
    const link = reseal(patch(long, central + 38, u32((0o120777 << 16) >>> 0)));
    expect(messages(link)).toContain(
      '1234567890.txt: it is a symbolic link, which could lead out of the bundle',
    );
  });

  test('that only one of its headers has is refused', () => {
    const { local } = headersOf(long, '1234567890.txt');
    expect(messages(reseal(patch(long, local + 30, [65])))).toContain(
      '1234567890.txt: its own header says something else than the directory',
    );
  });
});

describe('a size', () => {
  const zeros = writeArchive([{ path: 'zeros.bin', bytes: new Uint8Array(100_000) }]);
  const declare = (bytes: Uint8Array, path: string, size: number) => {
    const { local, central } = headersOf(bytes, path);
    return reseal(patch(patch(bytes, local + 22, u32(size)), central + 24, u32(size)));
  };

  test('that is declared too small stops the unpacking there', () => {
    expect(messages(declare(zeros, 'zeros.bin', 10))).toEqual([
      'zeros.bin: it unpacks to more than the 10 B that are declared',
    ]);
  });

  test('that no compression could reach is not tried', () => {
    expect(messages(declare(zeros, 'zeros.bin', 900_000_000))).toEqual([
      expect.stringMatching(/^zeros\.bin: \d+ B cannot unpack to the 900 MB that are declared$/),
    ]);
  });

  test('that is too large together unpacks nothing', () => {
    const { findings, entries: found } = unpack(declare(zeros, 'zeros.bin', 3_000_000_000));
    expect(findings.map(({ message }) => message)).toEqual([
      'its entries unpack to 3.00 GB, more than the 2.00 GB that a bundle may hold; nothing was unpacked',
    ]);
    expect(found.size).toBe(0);
  });

  test('of a stored entry is that of its bytes', () => {
    expect(messages(declare(archive, 'd.png', 99))).toContain(
      'd.png: it is stored in 6 bytes, declared are 99',
    );
  });
});

describe('the directory', () => {
  const central = (path: string) => headersOf(archive, path).central;

  test('has no two entries in one place', () => {
    const { local } = headersOf(archive, 'a.txt');
    expect(messages(reseal(patch(archive, central('b/c.json') + 42, u32(local)))).join('\n')).toContain(
      'entries overlap or leave a gap',
    );
  });

  test('has no encrypted entries and no other compression', () => {
    const both = (offset: number, value: number) => {
      const { local, central: at } = headersOf(archive, 'a.txt');
      return messages(reseal(patch(patch(archive, local + offset, [value, 0]), at + offset + 2, [value, 0])));
    };
    expect(both(6, 1).join('\n')).toContain('it is encrypted');
    expect(both(8, 12).join('\n')).toContain('it is packed by method 12, expected deflate');
  });

  test('names every entry that lies in the file', () => {
    const end = archive.length - 22 - 64 - 'colophon-bundle/1 sha256:'.length;
    const hidden = reseal(patch(patch(archive, end + 8, [3, 0]), end + 10, [3, 0]));
    expect(messages(hidden)).toContain('the bundle: bytes that belong to no entry follow its directory');
  });
});

describe('the writer', () => {
  test('refuses more entries than a reader takes', () => {
    const many = Array.from({ length: 65_001 }, (_, i) => ({ path: `${i}`, bytes: new Uint8Array() }));
    expect(() => writeArchive(many)).toThrow(/at most 65.000 files, this one would need 65001/);
  });

  test('writes the same bytes in every time zone', () => {
    const before = process.env['TZ'];
    try {
      process.env['TZ'] = 'Asia/Kathmandu';
      expect(writeArchive(entries)).toEqual(archive);
      process.env['TZ'] = 'America/St_Johns';
      expect(writeArchive(entries)).toEqual(archive);
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });
});
