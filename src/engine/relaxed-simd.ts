/** Finds relaxed SIMD in a WebAssembly module: instructions whose results the processor may choose. */

const names =
  'i8x16.relaxed_swizzle i32x4.relaxed_trunc_f32x4_s i32x4.relaxed_trunc_f32x4_u i32x4.relaxed_trunc_f64x2_s_zero ' +
  'i32x4.relaxed_trunc_f64x2_u_zero f32x4.relaxed_madd f32x4.relaxed_nmadd f64x2.relaxed_madd f64x2.relaxed_nmadd ' +
  'i8x16.relaxed_laneselect i16x8.relaxed_laneselect i32x4.relaxed_laneselect i64x2.relaxed_laneselect ' +
  'f32x4.relaxed_min f32x4.relaxed_max f64x2.relaxed_min f64x2.relaxed_max i16x8.relaxed_q15mulr_s ' +
  'i16x8.relaxed_dot_i8x16_i7x16_s i32x4.relaxed_dot_i8x16_i7x16_add_s relaxed_dot_bf16x8_add_f32x4';
const first = 0x100;
const relaxed: readonly string[] = names.split(' ');

interface RelaxedInstruction {
  /** `f64x2.relaxed_madd`. */
  readonly name: string;
  /** In the file, from 0. */
  readonly offset: number;
}

/**
 * The first relaxed instruction of a module in the binary format; undefined where there is none, or no module. Code
 * with instructions newer than this reader is searched for their bytes instead, which may find one that is none.
 */
export function relaxedSimd(bytes: Uint8Array): RelaxedInstruction | undefined {
  const reader = new Reader(bytes);
  if (reader.text(4) !== '\0asm') return undefined;
  reader.skip(4);
  while (reader.at < bytes.length) {
    const id = reader.byte();
    const size = reader.number();
    const end = reader.at + size;
    const found = id === 10 ? inCode(bytes.subarray(0, end), reader.at) : undefined;
    if (found !== undefined) return found;
    reader.at = end;
  }
  return undefined;
}

function inCode(bytes: Uint8Array, from: number): RelaxedInstruction | undefined {
  const reader = new Reader(bytes);
  reader.at = from;
  for (let bodies = reader.number(); bodies > 0; bodies--) {
    const end = reader.number() + reader.at;
    const start = reader.at;
    try {
      const found = inBody(reader, end);
      if (found !== undefined) return found;
    } catch (error) {
      if (!(error instanceof Unread)) throw error;
      const found = byBytes(bytes.subarray(0, end), start);
      if (found !== undefined) return found;
    }
    reader.at = end;
  }
  return undefined;
}

/** An instruction that this reader does not know the length of. */
class Unread extends Error {}

function inBody(reader: Reader, end: number): RelaxedInstruction | undefined {
  for (let locals = reader.number(); locals > 0; locals--) {
    reader.number();
    reader.valueType();
  }
  while (reader.at < end) {
    const offset = reader.at;
    const opcode = reader.byte();
    if (opcode !== 0xfd) {
      skipPlain(reader, opcode);
      continue;
    }
    const vector = reader.number();
    const name = relaxed[vector - first];
    if (name !== undefined) return { name, offset };
    skipVector(reader, vector);
  }
  return undefined;
}

/** The prefix and a number from 0x100 to 0x114, wherever they stand. */
function byBytes(bytes: Uint8Array, from: number): RelaxedInstruction | undefined {
  for (let i = from; i + 2 < bytes.length; i++) {
    const low = (bytes[i + 1] as number) - 0x80;
    const name = low >= 0 ? relaxed[low] : undefined;
    if (bytes[i] === 0xfd && bytes[i + 2] === 2 && name !== undefined) return { name, offset: i };
  }
  return undefined;
}

/** Opcodes with so many numbers behind them; those not named here have none. */
const numbersBehind: Readonly<Record<number, number>> = Object.fromEntries([
  ...[0x02, 0x03, 0x04, 0x06, 0x07, 0x08, 0x09, 0x0c, 0x0d, 0x10, 0x12, 0x14, 0x15, 0x18].map((code) => [
    code,
    1,
  ]),
  ...[0x11, 0x13].map((code) => [code, 2]),
  ...[0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x3f, 0x40, 0x41, 0x42].map((code) => [code, 1]),
  ...[0xd0, 0xd2, 0xd5, 0xd6].map((code) => [code, 1]),
]);
const bulkNumbers = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];

function skipPlain(reader: Reader, opcode: number): void {
  if (opcode === 0x0e) reader.numbers(reader.number() + 1);
  else if (opcode === 0x1c) for (let n = reader.number(); n > 0; n--) reader.valueType();
  else if (opcode >= 0x28 && opcode <= 0x3e) reader.memory();
  else if (opcode === 0x43) reader.skip(4);
  else if (opcode === 0x44) reader.skip(8);
  else if (opcode === 0xfc) reader.numbers(bulkNumbers[reader.number()] ?? unread());
  else if (opcode === 0xfe) skipAtomic(reader, reader.number());
  else if (opcode === 0x1f || opcode > 0xd6) unread();
  else reader.numbers(numbersBehind[opcode] ?? 0);
}

function skipAtomic(reader: Reader, opcode: number): void {
  if (opcode === 3) reader.skip(1);
  else reader.memory();
}

function skipVector(reader: Reader, opcode: number): void {
  const isMemory = opcode <= 11 || (opcode >= 84 && opcode <= 93);
  if (isMemory) reader.memory();
  if (opcode === 12 || opcode === 13) reader.skip(16);
  if ((opcode >= 21 && opcode <= 34) || (opcode >= 84 && opcode <= 91)) reader.skip(1);
}

function unread(): never {
  throw new Unread();
}

class Reader {
  at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  byte(): number {
    return this.#bytes[this.at++] ?? unread();
  }

  skip(count: number): void {
    this.at += count;
  }

  text(count: number): string {
    return String.fromCharCode(...this.#bytes.subarray(this.at, (this.at += count)));
  }

  /** A number in LEB128, of which only the low 32 bits count. */
  number(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      if (shift < 32) value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  numbers(count: number): void {
    for (let i = 0; i < count; i++) this.number();
  }

  /** Alignment, perhaps with the number of a memory, and an offset. */
  memory(): void {
    if ((this.number() & 0x40) !== 0) this.number();
    this.number();
  }

  valueType(): void {
    const code = this.byte();
    if (code === 0x63 || code === 0x64) this.number();
  }
}
