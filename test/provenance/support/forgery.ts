/** Tools of an adversary: takes a bundle apart, changes it, and puts it together again, as consistently as wanted. */
import { Buffer } from 'node:buffer';
import { digestOf } from '../../../src/base/digest.ts';
import { writeArchive } from '../../../src/provenance/export/archive.ts';
import { sealMark, unlisted } from '../../../src/provenance/export/format.ts';
import { unpack } from '../../../src/provenance/verify/unpack.ts';

export type Texts = Map<string, string>;

/** Entries as text: latin1, so that no byte is lost. */
export function takeApart(bundle: Uint8Array): Texts {
  const { entries, findings } = unpack(bundle);
  if (findings.length > 0) throw new Error(`not sound: ${JSON.stringify(findings)}`);
  return new Map([...entries].map(([path, bytes]) => [path, Buffer.from(bytes).toString('latin1')]));
}

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

/** As they are, under a fresh seal. */
export function putTogether(texts: Texts): Uint8Array {
  return writeArchive([...texts].map(([path, text]) => ({ path, bytes: bytesOf(text) })));
}

/** With a manifest that fits, and an unsigned statement about it: all that an adversary without a key can do. */
export function putTogetherAnew(texts: Texts): Uint8Array {
  const manifest = JSON.parse(texts.get('manifest.json') as string) as { entries: Record<string, unknown> };
  const listed = [...texts].filter(([path]) => !unlisted.includes(path));
  manifest.entries = Object.fromEntries(
    listed.map(([path, text]) => [path, { sha256: digestOf(bytesOf(text)), size: text.length }]),
  );
  const anew = new Map(texts);
  anew.set('manifest.json', JSON.stringify(manifest));
  const statement = texts.get('statement.json');
  if (statement !== undefined) {
    const told = JSON.parse(statement) as { subject: { name: string; digest: { sha256: string } }[] };
    const subject = listed
      .filter(([path]) => path.startsWith('artifacts/'))
      .map(([name, text]) => ({ name, digest: { sha256: digestOf(bytesOf(text)) } }));
    const own = { name: 'manifest.json', digest: { sha256: digestOf(anew.get('manifest.json') as string) } };
    anew.set('statement.json', JSON.stringify({ ...told, subject: [own, ...subject] }));
  }
  return putTogether(anew);
}

/** Changes one entry's text. */
export function edit(texts: Texts, path: string, change: (text: string) => string): void {
  const text = texts.get(path);
  if (text === undefined) throw new Error(`no entry ${path}`);
  const changed = change(text);
  if (changed === text) throw new Error(`${path} was not changed`);
  texts.set(path, changed);
}

/** Changes one entry that is JSON. */
export function editJson(texts: Texts, path: string, change: (value: never) => void): void {
  edit(texts, path, (text) => {
    const value = JSON.parse(text) as never;
    change(value);
    return JSON.stringify(value);
  });
}

/** The seal of bytes that were changed in place. */
export function reseal(bundle: Uint8Array): Uint8Array {
  const body = Buffer.from(bundle.subarray(0, -64));
  if (body.subarray(-sealMark.length).toString('latin1') !== sealMark) throw new Error('there is no seal');
  return Buffer.concat([body, Buffer.from(digestOf(body))]);
}

/** Writes into a copy: `at` is where `mark` begins, plus an offset. */
export function patch(bundle: Uint8Array, at: number, bytes: readonly number[]): Uint8Array {
  const copy = Uint8Array.from(bundle);
  copy.set(bytes, at);
  return copy;
}

/** Little-endian. */
export const u32 = (value: number): number[] =>
  [value, value >>> 8, value >>> 16, value >>> 24].map((byte) => byte & 255);

/** Where the headers of an entry are. */
export function headersOf(
  bundle: Uint8Array,
  path: string,
): { readonly local: number; readonly central: number } {
  const text = Buffer.from(bundle).toString('latin1');
  const local = text.indexOf(path) - 30;
  const central = text.lastIndexOf(path) - 46;
  if (local < 0 || local === central) throw new Error(`no entry ${path}`);
  return { local, central };
}

/** Renames an entry to a name of the same length, in both headers. */
export function rename(bundle: Uint8Array, from: string, to: string): Uint8Array {
  if (from.length !== to.length) throw new Error('another length');
  const { local, central } = headersOf(bundle, from);
  const name = [...Buffer.from(to, 'latin1')];
  return reseal(patch(patch(bundle, local + 30, name), central + 46, name));
}
