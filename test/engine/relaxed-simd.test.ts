/** Relaxed SIMD is found where it is code, by name and place, and nowhere else. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { bundle } from '../../src/engine/bundle.ts';
import { relaxedSimd } from '../../src/engine/relaxed-simd.ts';

const { WebAssembly: engine } = globalThis as unknown as {
  WebAssembly: { validate: (bytes: Uint8Array) => boolean };
};

/** A module with one function () -> () of this code, which need not leave a proper stack. */
function moduleOf(code: readonly number[]): Uint8Array<ArrayBuffer> {
  const body = [0, ...code, 0x0b];
  const section = [1, body.length, ...body];
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0];
  return new Uint8Array([...header, 10, section.length, ...section]);
}
const codeAt = 23;
const vector = [0xfd, 12, ...Array.from({ length: 16 }, () => 0)];
const drop = 0x1a;
/** f64x2.relaxed_madd of three zero vectors. */
const madd = [...vector, ...vector, ...vector, 0xfd, 0x87, 0x02, drop];

describe('relaxed SIMD', () => {
  test('is found with its name and the byte it stands at, in code that an engine takes', () => {
    expect(engine.validate(moduleOf(madd))).toBe(true);
    expect(relaxedSimd(moduleOf(madd))).toEqual({ name: 'f64x2.relaxed_madd', offset: codeAt + 54 });
  });

  test.each([
    [0x100, 'i8x16.relaxed_swizzle'],
    [0x110, 'f64x2.relaxed_max'],
    [0x113, 'i32x4.relaxed_dot_i8x16_i7x16_add_s'],
    [0x114, 'relaxed_dot_bf16x8_add_f32x4'],
  ])('%i is %s', (opcode, name) => {
    expect(relaxedSimd(moduleOf([0xfd, (opcode & 0x7f) | 0x80, 2]))?.name).toBe(name);
  });

  const pattern = [0xfd, 0x87, 0x02];
  test.each([
    ['a vector constant', [0xfd, 12, ...pattern, ...Array.from({ length: 13 }, () => 0), drop]],
    ['a double', [0x44, ...pattern, 0, 0, 0, 0, 0, drop]],
    ['a float', [0x43, ...pattern, 0, drop]],
    ['a whole number', [0x41, ...pattern, drop]],
    [
      'the numbers of a shuffle',
      [...vector, ...vector, 0xfd, 13, 29, 0x87 & 31, 2, ...Array.from({ length: 13 }, () => 0), drop],
    ],
    ['the next opcode, just above', [0xfd, 0x95, 0x02]],
    ['one below', [0xfd, 0xff, 0x01]],
  ])('is not seen in %s', (_, code) => {
    expect(relaxedSimd(moduleOf(code))).toBeUndefined();
  });

  test('is found behind every sort of instruction that has something behind it', () => {
    const before = [
      [0x02, 0x40, 0x0b],
      [0x02, 0x40, 0x41, 0, 0x0e, 1, 0, 0, 0x0b],
      [0x41, 0, 0x28, 2, 0x80, 1, drop],
      [0x41, 1, 0x41, 1, 0x41, 1, 0x1c, 1, 0x7f, drop],
      [0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 11, 0],
      [0x41, 0, 0xfd, 0, 4, 0, drop],
      [0x41, 0, ...vector, 0xfd, 84, 0, 0, 1, drop],
      [...vector, 0xfd, 21, 3, drop],
      [0xfe, 3, 0],
      [0x10, 0],
    ];
    for (const code of before)
      expect(relaxedSimd(moduleOf([...code, 0xfd, 0x87, 0x02]))?.offset).toBe(codeAt + code.length);
  });

  test('is found by its bytes in code that the reader does not know', () => {
    expect(relaxedSimd(moduleOf([0xfb, 0x00, 0x01, ...madd]))?.name).toBe('f64x2.relaxed_madd');
  });

  test('is not in what is no module', () => {
    expect(relaxedSimd(new TextEncoder().encode('no module at all'))).toBeUndefined();
    expect(relaxedSimd(moduleOf(madd).subarray(0, 8))).toBeUndefined();
  });
});

describe('a stage that imports it', () => {
  const root = mkdtempSync(join(tmpdir(), 'colophon-test-'));
  afterAll(() => rmSync(root, { recursive: true }));
  const bundled = (code: readonly number[], effects: readonly string[]) => {
    writeFileSync(join(root, 'fast.wasm'), moduleOf(code));
    writeFileSync(
      join(root, 'stage.ts'),
      "import bytes from './fast.wasm';\nexport const run = () => bytes;\n",
    );
    const entry = "export { run } from './stage.ts';";
    return bundle({ root, entry, effects, external: [], alias: {}, nodePaths: [], map: true } as never);
  };

  test('is refused, with the file and the place of the import', async () => {
    const refused = await bundled(madd, []);
    expect(refused).toMatchObject({
      type: 'refused',
      problems: [
        {
          place: { file: 'stage.ts', line: 1 },
          message: expect.stringContaining('fast.wasm holds f64x2.relaxed_madd at byte 77'),
        },
      ],
    });
  });

  test('is bundled where it is declared, or without it', async () => {
    expect((await bundled(madd, ['platform-math'])).type).toBe('bundled');
    expect((await bundled(vector.concat(drop), [])).type).toBe('bundled');
  });
});
