/** Checks certificates, by arithmetic and formulas of its own. */
import { type Arithmetic, arithmetic, type Enclosure, Undecided } from './arithmetic.ts';
import { decimalOf, endsOf, exactly, within } from './decimal.ts';
import type { Certificate, Component, PointCertificate, Structure, ThresholdCertificate } from './format.ts';
import { configured, type Configuration, gramOf, hessianOf, lossOf, type Matrix } from './forms.ts';
import { dimensionOf, entriesOf, frameOf, type Irrep, irrepsOf } from './frames.ts';
import { type Equations, provedZero, tightened } from './krawczyk.ts';
import { negativeCount } from './linear.ts';
import { entryName, fitsFamily, irrepName, sizeOf } from './names.ts';
import type { RowType, Space } from './structure.ts';

/** `refused` says that the proof did not succeed, not that the claim is false. */
export type Verdict = { readonly status: 'valid' } | { readonly status: 'refused'; readonly reason: string };

/** Thrown inside where a claim is not proved. */
class Refusal extends Error {
  override readonly name = 'Refusal';
}

function demand(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Refusal(reason);
}

/** Proves every claim of the certificate anew, or refuses it. */
export function check(certificate: Certificate): Verdict {
  try {
    switch (certificate.claim) {
      case 'critical point':
        checkPoint(certificate);
        break;
      case 'threshold':
        checkThreshold(certificate);
        break;
      case 'global minimum':
        checkTarget(certificate.d, certificate.components);
        break;
      default:
        throw new Refusal('an unknown claim');
    }
    return { status: 'valid' };
  } catch (error) {
    if (error instanceof Refusal || error instanceof Undecided || error instanceof SyntaxError)
      return { status: 'refused', reason: error.message };
    throw error;
  }
}

/** Room for the digits claimed, and for the powers of d that meet in the sums. */
function arithmeticFor(d: string, decimals: readonly string[]): Arithmetic {
  const places = Math.max(...[d, ...decimals].map((text) => decimalOf(text).places));
  return arithmetic(128 + 4 * places + 24 * d.length);
}

function checkPoint(certificate: PointCertificate): void {
  const { structure, entries, components, d } = certificate;
  const decimals = [...Object.values(entries), certificate.loss, ...components.flatMap((c) => c.eigenvalues)];
  const a = arithmeticFor(d, decimals);
  const size = exactly(a, d);
  const { equations, box } = systemOf(a, certificate, size);
  const point = tightened(equations, provedZero(equations, box));
  const configuration = configured(a, equations.spaceAt(point));
  const loss = a.div(lossOf(configuration), a.times(2, a.pi));
  demand(isWithin(loss, within(a, certificate.loss)), 'the loss');
  const rows = a.add(
    size,
    a.times(
      structure.extra.reduce((sum, n) => sum + n, 0),
      a.one,
    ),
  );
  checkSpectrum(configuration, components, a.mul(rows, size));
  demand(meets(indexOf(a, components), exactly(a, certificate.index)), 'the index');
}

function checkTarget(d: string, components: readonly Component[]): void {
  const a = arithmeticFor(
    d,
    components.flatMap((c) => c.eigenvalues),
  );
  const size = exactly(a, d);
  const space = spaceOf(a, { blocks: ['d'], extra: [] }, size, [a.one, a.zero]);
  checkSpectrum(configured(a, space), components, a.square(size));
}

function checkThreshold(certificate: ThresholdCertificate): void {
  const { d, below, above, irrep } = certificate;
  const a = arithmeticFor(d, Object.values(certificate.entries));
  const { equations, box } = systemOf(a, certificate, within(a, d));
  provedZero(equations, box);
  const counts = endsOf(a, d).map((end) => {
    const at = systemOf(a, certificate, end);
    const configuration = configured(a, at.equations.spaceAt(tightened(at.equations, at.box)));
    const found = irrepsOf(a, configuration.space).find((i) => irrepName(configuration.space, i) === irrep);
    demand(found !== undefined, `no component ${irrep}`);
    return negativeCount(a, hessianOf(configuration, frameOf(a, configuration.space, found)));
  });
  demand(counts[0] === below && counts[1] === above && below !== above, 'the signs beside the threshold');
}

/** The equations that the certificate's structure makes at dimension d, and the box that its entries claim. */
function systemOf(
  a: Arithmetic,
  { structure, entries, family }: PointCertificate | ThresholdCertificate,
  d: Enclosure,
): { equations: Equations; box: Enclosure[] } {
  const spaceAt = (values: readonly Enclosure[]) => spaceOf(a, structure, d, values);
  const { names, diagonals } = namesOf(structure);
  demand(Object.keys(entries).toSorted().join() === names.toSorted().join(), 'the names of the entries');
  const box = names.map((name) => within(a, entries[name] as string));
  const signs = diagonals.map((name) => (entries[name]?.startsWith('-') === true ? -1 : 1));
  const extra = structure.extra.reduce((sum, n) => sum + n, 0);
  demand(fitsFamily(family, structure.blocks, extra, signs), 'the family');
  const frame = frameOf(a, spaceAt(box), { kind: 't', of: [] });
  return { equations: { a, frame, spaceAt }, box };
}

/** The names of the free entries in their order, and those on diagonals. */
function namesOf({ blocks, extra }: Structure): { names: string[]; diagonals: string[] } {
  const types = [...blocks.map((_, block) => ({ block })), ...extra.map(() => ({ block: -1 }))];
  const single = blocks.map((size) => size === '1');
  const entries = entriesOf({ types: types as unknown as RowType[], students: types.length, single });
  const name = (entry: (typeof entries)[number]) => entryName(entry, blocks.length);
  return { names: entries.map(name), diagonals: entries.filter((entry) => entry.isDiagonal).map(name) };
}

/** The students with the given entries, in the order of `entriesOf`, and the teacher I_d. */
function spaceOf(
  a: Arithmetic,
  { blocks, extra }: Structure,
  d: Enclosure,
  values: readonly Enclosure[],
): Space {
  const sizes = blocks.map((text) => sizeOf(a, text, d));
  const total = sizes.reduce((sum, size) => a.add(sum, size), a.zero);
  demand(blocks.filter((text) => text.startsWith('d')).length === 1, 'one block grows with d');
  demand(meets(total, d), 'the block sizes sum up to d');
  demand(
    sizes.every((size) => size.lo >= a.one.lo),
    'every block has an input',
  );
  demand(
    extra.every((copies) => Number.isInteger(copies) && copies > 0),
    'numbers of extra rows',
  );
  const single = blocks.map((text) => text === '1');
  const left = [...values];
  const student = (block: number, count: Enclosure): RowType => {
    const own = sizes.map((_, at) =>
      at === block ? [left.shift(), single[at] === true ? a.zero : left.shift()] : [a.zero, left.shift()],
    );
    const pairs = own as [Enclosure, Enclosure][];
    return {
      side: 1,
      block,
      count,
      diagonal: block < 0 ? a.zero : (pairs[block] as [Enclosure, Enclosure])[0],
      levels: pairs.map(([, level]) => level),
    };
  };
  const teacher = (block: number): RowType => ({
    side: -1,
    block,
    count: sizes[block] as Enclosure,
    diagonal: a.one,
    levels: sizes.map(() => a.zero),
  });
  const students = [
    ...sizes.map((size, block) => student(block, size)),
    ...extra.map((copies) => student(-1, a.times(copies, a.one))),
  ];
  return {
    sizes,
    single,
    types: [...students, ...sizes.map((_, block) => teacher(block))],
    students: students.length,
  };
}

/** All components are there, with their dimensions, and every eigenvalue is as claimed. */
function checkSpectrum(
  configuration: Configuration,
  components: readonly Component[],
  total: Enclosure,
): void {
  const { a, space } = configuration;
  const irreps = irrepsOf(a, space);
  demand(irreps.length === components.length, 'the number of components');
  let sum = a.zero;
  for (const irrep of irreps) {
    const name = irrepName(space, irrep);
    const component = components.find((c) => c.irrep === name);
    demand(component !== undefined, `component ${name} is missing`);
    const dimension = dimensionOf(a, space, irrep);
    demand(meets(exactly(a, component.multiplicity), dimension), `the multiplicity of ${name}`);
    sum = a.add(sum, a.times(component.eigenvalues.length, dimension));
    checkEigenvalues(configuration, irrep, component);
  }
  demand(meets(sum, total), 'the multiplicities sum up to k d');
}

/** The i-th eigenvalue is below μ if and only if B − μG has more than i negative ones, G the Gram matrix. */
function checkEigenvalues(
  configuration: Configuration,
  irrep: Irrep,
  { irrep: name, eigenvalues }: Component,
): void {
  const { a, space } = configuration;
  const frame = frameOf(a, space, irrep);
  const [hessian, gram] = [hessianOf(configuration, frame), gramOf(configuration, frame)];
  demand(eigenvalues.length === frame.directions.length, `the number of eigenvalues of ${name}`);
  demand(negativeCount(a, gram) === 0, `the directions of ${name} are independent`);
  const countBelow = (bound: Enclosure) =>
    negativeCount(a, shifted(a, hessian, gram, a.mul(bound, a.times(2, a.pi))));
  eigenvalues.forEach((text, i) => {
    const [low, high] = endsOf(a, text);
    demand(decimalOf(text).places > 0, `digits of eigenvalue ${i + 1} of ${name}`);
    demand(countBelow(low) <= i && countBelow(high) > i, `eigenvalue ${i + 1} of ${name}`);
  });
}

function shifted(a: Arithmetic, hessian: Matrix, gram: Matrix, by: Enclosure): Matrix {
  return hessian.map((row, i) =>
    row.map((value, j) => a.sub(value, a.mul(by, (gram[i] as Enclosure[])[j] as Enclosure))),
  );
}

/** The dimensions of all negative eigenvalues together. Refuses an eigenvalue of unknown sign. */
function indexOf(a: Arithmetic, components: readonly Component[]): Enclosure {
  let index = a.zero;
  for (const { multiplicity, eigenvalues } of components) {
    for (const text of eigenvalues) {
      const { lo, hi } = within(a, text);
      demand(lo > 0n || hi < 0n, `the sign of ${text}`);
      if (hi < 0n) index = a.add(index, exactly(a, multiplicity));
    }
  }
  return index;
}

/** Whether two enclosures of exact numbers, each a few units wide, may be of the same one. */
function meets(x: Enclosure, y: Enclosure): boolean {
  return x.lo <= y.hi && y.lo <= x.hi;
}

function isWithin(inner: Enclosure, outer: Enclosure): boolean {
  return outer.lo < inner.lo && inner.hi < outer.hi;
}
