/** Instantiates compiled kernels on first use, and hands out their memory. */

/** The part of the WebAssembly interface that is used here (its types come with browsers' only). */
interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
interface Engine {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: object };
}

/** What every kernel module exports: its memory, and the address from which on it is free. */
export interface KernelExports {
  readonly memory: Memory;
  readonly heap: () => number;
}

/** Memory as a view, and the address of its first number. */
export interface Space {
  readonly view: Float64Array;
  readonly address: number;
}

/** A module of kernels with its own memory. */
export interface Kernels<Exports extends KernelExports> {
  /** The exported functions. Compiles the module at the first call. */
  exports(): Exports;
  /**
   * Free memory for at least `doubles` numbers; what was there before is not cleared. It lasts until the next
   * call, which hands out the same memory again. Throws RangeError if it cannot be had (over 4 GB).
   */
  reserve(doubles: number): Space;
}

const pageSize = 65536;

/** The kernels in a WebAssembly module, given as base64. Nothing happens until they are used. */
export function kernels<Exports extends KernelExports>(base64: string): Kernels<Exports> {
  let instance: Exports | undefined;
  let space: Space | undefined;
  const exports = () => (instance ??= instantiate(base64) as Exports);
  return {
    exports,
    reserve(doubles) {
      if (space === undefined || space.view.length < doubles) space = widen(exports(), doubles);
      return space;
    },
  };
}

/** All free memory, which grows if it is less than asked for. */
function widen({ memory, heap }: KernelExports, doubles: number): Space {
  const address = Math.ceil(heap() / 16) * 16;
  const missing = Math.ceil((address + 8 * doubles - memory.buffer.byteLength) / pageSize);
  if (missing > 0) grow(memory, missing);
  return { view: new Float64Array(memory.buffer, address), address };
}

function instantiate(base64: string): object {
  const { WebAssembly: engine } = globalThis as unknown as { WebAssembly: Engine };
  return new engine.Instance(new engine.Module(decodeBase64(base64)), {}).exports;
}

function grow(memory: Memory, pages: number): void {
  try {
    memory.grow(pages);
  } catch {
    throw new RangeError(`WebAssembly memory cannot grow by ${pages * pageSize} bytes`);
  }
}

/** The bytes of a base64 text. Throws RangeError at a character that is none of its alphabet. */
export function decodeBase64(text: string): Uint8Array {
  const digits = text.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < digits.length; i++) {
    bits = ((bits << 6) | digit(digits.charCodeAt(i))) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[at++] = bits >> held;
  }
  return bytes;
}

function digit(code: number): number {
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 97 && code <= 122) return code - 71;
  if (code >= 48 && code <= 57) return code + 4;
  if (code === 43) return 62;
  if (code === 47) return 63;
  throw new RangeError(`no base64 digit: ${String.fromCharCode(code)}`);
}
