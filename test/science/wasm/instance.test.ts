/** The loader of compiled kernels. */
import { describe, expect, it } from 'vitest';
import { type KernelExports, decodeBase64, kernels } from '../../../src/science/wasm/instance.ts';
import { wasm } from '../../../src/science/wasm/product.generated.ts';

const { WebAssembly: engine } = globalThis as unknown as {
  WebAssembly: { Module: new (bytes: Uint8Array) => object };
};

describe('decodeBase64', () => {
  it('gives back the bytes of every length', () => {
    for (let length = 0; length < 70; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 89 + length * 7) % 256);
      expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes);
    }
  });

  it('refuses other characters', () => {
    expect(() => decodeBase64('ab-_')).toThrow(new RangeError('no base64 digit: -'));
  });
});

describe('kernels', () => {
  it('compiles nothing until used, and then once', () => {
    const original = engine.Module;
    let compiled = 0;
    engine.Module = class extends original {
      constructor(bytes: Uint8Array) {
        super(bytes);
        compiled++;
      }
    };
    const product = kernels<KernelExports>(wasm);
    expect(compiled).toBe(0);
    expect(product.exports()).toBe(product.exports());
    product.reserve(10);
    engine.Module = original;
    expect(compiled).toBe(1);
  });

  it('grows its memory as needed, and keeps what lies in it', () => {
    const product = kernels<KernelExports>(wasm);
    const small = product.reserve(100);
    small.view[99] = 42;
    const large = product.reserve(3_000_000);
    expect(large.address).toBe(small.address);
    expect(large.view.length).toBeGreaterThanOrEqual(3_000_000);
    expect(large.view[99]).toBe(42);
    expect(product.reserve(5)).toBe(large);
  });

  it('starts free memory behind the static data, at a multiple of 16 bytes', () => {
    const product = kernels<KernelExports>(wasm);
    const { address, view } = product.reserve(1);
    expect(address % 16).toBe(0);
    expect(address).toBeGreaterThanOrEqual(product.exports().heap());
    expect(view.byteOffset).toBe(address);
  });

  it('says so when memory cannot be had', () => {
    expect(() => kernels<KernelExports>(wasm).reserve(2 ** 30)).toThrow(/memory cannot grow/);
  });

  it('gives every user its own memory', () => {
    const [one, other] = [kernels<KernelExports>(wasm), kernels<KernelExports>(wasm)];
    one.reserve(1).view[0] = 7;
    expect(other.reserve(1).view[0]).toBe(0);
  });
});
