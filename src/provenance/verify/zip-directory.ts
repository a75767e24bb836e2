/** A zip file's directory, read strictly: every entry once, one after the other, both of its headers alike, nothing between. */
import { counted } from '../../base/text.ts';
import { limits } from '../export/format.ts';
import type { Finding } from './finding.ts';
import { nameProblem } from './zip-names.ts';

/** One entry as both of its headers declare it. */
export interface Listed {
  readonly path: string;
  /** 0 stored, 8 deflated. */
  readonly method: 0 | 8;
  readonly checksum: number;
  readonly packed: number;
  readonly size: number;
  /** Where its packed bytes begin. */
  readonly start: number;
}

export interface Listing {
  /** Those whose headers can be trusted to say where they lie. */
  readonly listed: readonly Listed[];
  readonly findings: readonly Finding[];
}

/** Reads the directory whose end record stands at `end`. */
export function readDirectory(bytes: Uint8Array, end: number): Listing {
  return new DirectoryReader(bytes, end).read();
}

const signatures = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 };
const sizes = { local: 30, central: 46 };

class DirectoryReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #end: number;
  readonly #findings: Finding[] = [];
  readonly #listed: Listed[] = [];
  readonly #folded = new Map<string, string>();

  constructor(bytes: Uint8Array, end: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#end = end;
  }

  read(): Listing {
    const count = this.#u16(this.#end + 10);
    const from = this.#u32(this.#end + 16);
    const problem = this.#endProblem(count, from);
    if (problem === undefined) this.#entries(count, from);
    else this.#tell('the bundle', problem);
    return { listed: this.#listed, findings: this.#findings };
  }

  #endProblem(count: number, from: number): string | undefined {
    if (this.#u32(this.#end) !== signatures.end) return 'the record that a zip file ends with is damaged';
    if (this.#u32(this.#end + 4) !== 0 || this.#u16(this.#end + 8) !== count)
      return 'its end record speaks of several disks';
    if (count > limits.entries)
      return `it has ${count} entries, more than ${counted(limits.entries, 'entry', 'entries')}`;
    if (from + this.#u32(this.#end + 12) !== this.#end)
      return 'its directory does not end where its end record begins';
    return undefined;
  }

  #entries(count: number, from: number): void {
    let at = from;
    let next = 0;
    for (let i = 0; i < count; i++) {
      const size = this.#centralSize(at);
      if (size === undefined)
        return this.#tell('the bundle', `its directory is damaged at entry ${i + 1} of ${count}`);
      const name = this.#text(at + sizes.central, this.#u16(at + 28));
      const problem = this.#entryProblem(at, name, next);
      if (problem !== undefined) this.#tell(name, problem);
      else this.#keep(at, name);
      next = this.#u32(at + 42) + sizes.local + this.#u16(at + 28) + this.#u32(at + 20);
      at += size;
    }
    if (at !== this.#end) this.#tell('the bundle', 'bytes that belong to no entry follow its directory');
    if (next !== from) this.#tell('the bundle', 'bytes that belong to no entry stand before its directory');
  }

  /** The length of the directory's record at `at`; undefined where there is none that fits. */
  #centralSize(at: number): number | undefined {
    if (at + sizes.central > this.#end || this.#u32(at) !== signatures.central) return undefined;
    const size = sizes.central + this.#u16(at + 28) + this.#u16(at + 30) + this.#u16(at + 32);
    return at + size <= this.#end ? size : undefined;
  }

  #entryProblem(at: number, name: string, next: number): string | undefined {
    const local = this.#u32(at + 42);
    const isLink = ((this.#u32(at + 38) >>> 16) & 0xf000) === 0xa000;
    if (isLink) return 'it is a symbolic link, which could lead out of the bundle';
    const named = nameProblem(name) ?? this.#twin(name);
    if (named !== undefined) return named;
    if (this.#u16(at + 30) + this.#u16(at + 32) > 0) return 'its header has extra fields';
    if (local !== next) return `it begins at byte ${local}, expected ${next}: entries overlap or leave a gap`;
    return this.#differingHeader(at, local);
  }

  /** Names that one file system or another takes for one. */
  #twin(name: string): string | undefined {
    const folded = name.toLowerCase();
    const other = this.#folded.get(folded);
    this.#folded.set(folded, name);
    if (other === undefined) return undefined;
    return other === name ? 'the name stands there twice' : `its name differs from ${other} in case alone`;
  }

  /** The two headers of an entry say the same: version, flags, method, time, checksum, sizes, name. */
  #differingHeader(at: number, local: number): string | undefined {
    const length = this.#u16(at + 28);
    if (local + sizes.local + length > this.#end || this.#u32(local) !== signatures.local)
      return 'its own header is damaged';
    const fields = Array.from({ length: 26 }, (_, i) => i);
    const isAlike =
      fields.slice(4).every((i) => this.#bytes[local + i] === this.#bytes[at + i + 2]) &&
      this.#u16(local + 28) === 0 &&
      this.#u16(local + 26) === length &&
      this.#text(local + sizes.local, length) === this.#text(at + sizes.central, length);
    if (!isAlike) return 'its own header says something else than the directory';
    if (this.#u16(at + 8) !== 0) return 'it is encrypted, or packed in a way that bundles are not';
    if (![0, 8].includes(this.#u16(at + 10)))
      return `it is packed by method ${this.#u16(at + 10)}, expected deflate`;
    const start = local + sizes.local + length;
    return start + this.#u32(at + 20) > this.#end ? 'it reaches past the end of the file' : undefined;
  }

  #keep(at: number, path: string): void {
    const method = this.#u16(at + 10) as 0 | 8;
    const [checksum, packed, size] = [this.#u32(at + 16), this.#u32(at + 20), this.#u32(at + 24)];
    const start = this.#u32(at + 42) + sizes.local + this.#u16(at + 28);
    if (method === 0 && packed !== size)
      this.#tell(path, `it is stored in ${packed} bytes, declared are ${size}`);
    else this.#listed.push({ path, method, checksum, packed, size, start });
  }

  #tell(where: string, message: string): void {
    this.#findings.push({ check: 'archive', where, message });
  }
  #u16(at: number): number {
    return this.#view.getUint16(at, true);
  }
  #u32(at: number): number {
    return this.#view.getUint32(at, true);
  }
  #text(at: number, length: number): string {
    return Buffer.from(this.#bytes.subarray(at, at + length)).toString('latin1');
  }
}
