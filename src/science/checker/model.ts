/** Builds the space and the equations that a certificate speaks of. */
import type { Arithmetic, Enclosure } from './arithmetic.ts';
import { within } from './decimal.ts';
import type { PointCertificate, Structure } from './format.ts';
import { entriesOf, type Entry, frameOf } from './frames.ts';
import type { Equations } from './krawczyk.ts';
import { entryName, fitsFamily, sizeOf } from './names.ts';
import type { RowType, Space } from './structure.ts';
import { demand } from './verdict.ts';

/** What a certificate says of a matrix. */
type Described = Pick<PointCertificate, 'structure' | 'entries' | 'family'>;

/** The equations at dimension d, and the box of entries that the certificate claims. */
export function systemOf(
  a: Arithmetic,
  described: Described,
  d: Enclosure,
): { equations: Equations; box: Enclosure[] } {
  const { structure } = described;
  const box = boxOf(a, described);
  const spaceAt = (values: readonly Enclosure[]) => spaceOf(a, structure, d, values);
  const frame = frameOf(a, spaceAt(box), { kind: 't', of: [] });
  return { equations: { a, frame, spaceAt }, box };
}

/** The names of the free entries, in the order of `entriesOf`. */
export function namesOf(structure: Structure): string[] {
  return freeEntries(structure).map((entry) => entryName(entry, structure.blocks.length));
}

/** The numbers within half a unit of the entries claimed. Throws Refusal where they do not fit the family. */
export function boxOf(a: Arithmetic, { structure, entries, family }: Described): Enclosure[] {
  const free = freeEntries(structure);
  const names = namesOf(structure);
  demand(Object.keys(entries).toSorted().join() === names.toSorted().join(), 'the names of the entries');
  const diagonals = names.filter((_, i) => (free[i] as Entry).isDiagonal);
  const signs = diagonals.map((name) => (entries[name]?.startsWith('-') === true ? -1 : 1));
  demand(fitsFamily(family, structure.blocks, extraRows(structure), signs), 'the family');
  return names.map((name) => within(a, entries[name] as string));
}

/** How many rows there are beyond those tied to blocks. */
export function extraRows({ extra }: Structure): number {
  return extra.reduce((sum, copies) => sum + copies, 0);
}

function freeEntries({ blocks, extra }: Structure): Entry[] {
  const types = [...blocks.map((_, block) => ({ block })), ...extra.map(() => ({ block: -1 }))];
  return entriesOf({ types, students: types.length, single: blocks.map((size) => size === '1') });
}

/** The students with the given entries, in the order of `entriesOf`, and the teacher I_d. */
export function spaceOf(
  a: Arithmetic,
  structure: Structure,
  d: Enclosure,
  values: readonly Enclosure[],
): Space {
  const { blocks, extra } = structure;
  const sizes = sizesOf(a, structure, d);
  const counts = [...sizes, ...extra.map((copies) => a.times(copies, a.one))];
  const free = freeEntries(structure);
  const valueOf = (type: number, block: number, isDiagonal: boolean) =>
    values[free.findIndex((e) => e.type === type && e.block === block && e.isDiagonal === isDiagonal)] ??
    a.zero;
  const students = counts.map((count, type): RowType => {
    const block = type < sizes.length ? type : -1;
    const levels = sizes.map((_, at) => valueOf(type, at, false));
    return { side: 1, block, count, diagonal: block < 0 ? a.zero : valueOf(type, block, true), levels };
  });
  const none = sizes.map(() => a.zero);
  const teachers = sizes.map((count, block): RowType => ({
    side: -1,
    block,
    count,
    diagonal: a.one,
    levels: none,
  }));
  const single = blocks.map((size) => size === '1');
  return { sizes, single, types: [...students, ...teachers], students: students.length };
}

function sizesOf(a: Arithmetic, { blocks, extra }: Structure, d: Enclosure): Enclosure[] {
  const sizes = blocks.map((text) => sizeOf(a, text, d));
  const total = sizes.reduce((sum, size) => a.add(sum, size), a.zero);
  const isPlain = sizes.every((size) => size.lo >= a.one.lo) && extra.every((copies) => copies > 0);
  demand(blocks.filter((text) => text.startsWith('d')).length === 1, 'one block grows with d');
  demand(total.lo <= d.hi && d.lo <= total.hi, 'the block sizes sum up to d');
  demand(isPlain, 'every block has an input, and every extra type a row');
  return sizes;
}
