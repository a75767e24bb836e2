/** Checks certificates, by arithmetic and formulas of its own. */
import { type Arithmetic, arithmetic, Undecided } from './arithmetic.ts';
import { decimalOf, endsOf, exactly, within } from './decimal.ts';
import type {
  Certificate,
  Component,
  PointCertificate,
  TargetCertificate,
  ThresholdCertificate,
} from './format.ts';
import { configured, hessianOf, lossOf } from './forms.ts';
import { proveFold } from './fold.ts';
import { frameOf, irrepsOf } from './frames.ts';
import { provedZero, tightened } from './krawczyk.ts';
import { negativeCount } from './linear.ts';
import { extraRows, spaceOf, systemOf } from './model.ts';
import { irrepName } from './names.ts';
import { parseCertificate } from './parse.ts';
import { proveRange } from './range.ts';
import { checkIndex, checkSpectrum } from './spectrum.ts';
import { demand, Refusal, type Verdict } from './verdict.ts';

/** Proves every claim of a certificate anew, or refuses it; data that are no certificate are refused too. */
export function check(data: unknown): Verdict {
  try {
    prove(parseCertificate(data));
    return { status: 'valid' };
  } catch (error) {
    if (error instanceof Refusal || error instanceof Undecided || error instanceof SyntaxError)
      return { status: 'refused', reason: error.message };
    throw error;
  }
}

function prove(certificate: Certificate): void {
  switch (certificate.claim) {
    case 'critical point':
      return provePoint(certificate);
    case 'threshold':
      return proveThreshold(certificate);
    case 'global minimum':
      return proveTarget(certificate);
    case 'fold':
      return proveFold(narrowArithmetic([certificate.d, ...Object.values(certificate.entries)]), certificate);
    case 'minimum over a range':
      return proveRange(
        narrowArithmetic(certificate.nodes.flatMap(({ d, entries }) => [d, ...Object.values(entries)])),
        certificate,
      );
  }
}

/** Enough where d is small. */
function narrowArithmetic(texts: readonly string[]): Arithmetic {
  return arithmetic(64 + 5 * Math.max(...texts.map((text) => decimalOf(text).places)));
}

/** Room for the digits claimed, and for the powers of d that meet in the sums. */
function arithmeticFor(d: string, decimals: readonly string[]): Arithmetic {
  const places = Math.max(...[d, ...decimals].map((text) => decimalOf(text).places));
  return arithmetic(128 + 4 * places + 24 * d.length);
}

function decimalsOf(components: readonly Component[]): string[] {
  return components.flatMap(({ eigenvalues, multiplicity }) => [...eigenvalues, multiplicity]);
}

function provePoint(certificate: PointCertificate): void {
  const { d, structure, entries, loss, components, index } = certificate;
  const a = arithmeticFor(d, [...Object.values(entries), loss, index, ...decimalsOf(components)]);
  const size = exactly(a, d);
  const { equations, box } = systemOf(a, certificate, size);
  const point = tightened(equations, provedZero(equations, box));
  const configuration = configured(a, equations.spaceAt(point));
  const found = a.div(lossOf(configuration), a.times(2, a.pi));
  const claimed = within(a, loss);
  demand(claimed.lo < found.lo && found.hi < claimed.hi, 'the loss');
  const rows = a.add(size, a.times(extraRows(structure), a.one));
  checkSpectrum(configuration, components, a.mul(rows, size));
  checkIndex(a, components, index);
}

function proveTarget({ d, components }: TargetCertificate): void {
  const a = arithmeticFor(d, decimalsOf(components));
  const size = exactly(a, d);
  const space = spaceOf(a, { blocks: ['d'], extra: [] }, size, [a.one, a.zero]);
  checkSpectrum(configured(a, space), components, a.square(size));
}

function proveThreshold(certificate: ThresholdCertificate): void {
  const { d, entries, below, above } = certificate;
  const a = arithmeticFor(d, Object.values(entries));
  const { equations, box } = systemOf(a, certificate, within(a, d));
  provedZero(equations, box);
  const counts = endsOf(a, d).map((end) => {
    const { equations: atEnd } = systemOf(a, certificate, end);
    const configuration = configured(a, atEnd.spaceAt(tightened(atEnd, box)));
    const { space } = configuration;
    const irrep = irrepsOf(a, space).find((candidate) => irrepName(space, candidate) === certificate.irrep);
    demand(irrep !== undefined, `no component ${certificate.irrep}`);
    return negativeCount(a, hessianOf(configuration, frameOf(a, space, irrep)));
  });
  demand(counts[0] === below && counts[1] === above && below !== above, 'the signs beside the threshold');
}
