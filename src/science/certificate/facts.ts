/** Reads off a certificate the intervals that it proves, as decimals. */
import type { Certificate, Component, RangeCertificate } from '../checker/format.ts';
import { decimalText, parseDecimal, powerOfTen } from './decimal.ts';

/** An interval with decimal ends. */
export interface Enclosure {
  readonly low: string;
  readonly high: string;
}

/** What a certificate says, for those who only want to know between which numbers a value lies. */
export interface Facts {
  readonly claim: Certificate['claim'];
  readonly family: string;
  /** As the certificate has it. At a threshold or fold, `at` holds the interval; the first d of a range. */
  readonly d: string;
  /** The irrep of the threshold, or that of the least eigenvalue; empty for ranges, `t` for folds. */
  readonly irrep: string;
  /** The loss; [0, 0] at the global minimum. Left out for thresholds. */
  readonly loss?: Enclosure;
  /** The least eigenvalue of the Hessian. Left out for thresholds. */
  readonly least?: Enclosure;
  /** The number of negative eigenvalues, all copies counted. Left out for thresholds. */
  readonly index?: string;
  /** The last d of a range, and the number of pieces in which it is proved. */
  readonly to?: string;
  readonly pieces?: number;
  /** d of a threshold or fold, and the negative eigenvalues of its irrep's block just below and above. */
  readonly at?: Enclosure;
  readonly below?: number;
  readonly above?: number;
}

/** What the certificate says: true if it is valid, which is not asked here. */
export function factsOf(certificate: Certificate): Facts {
  if (certificate.claim === 'minimum over a range') return rangeFacts(certificate);
  const { claim, d } = certificate;
  if (certificate.claim === 'fold') {
    const { family, below, above } = certificate;
    return { claim, family, d, irrep: 't', at: enclosureOf(d), below, above };
  }
  if (certificate.claim === 'threshold') {
    const { family, irrep, below, above } = certificate;
    return { claim, family, d, irrep, at: enclosureOf(d), below, above };
  }
  const { irrep, text } = leastOf(certificate.components);
  const common = { claim, d, irrep, least: enclosureOf(text) };
  if (certificate.claim === 'global minimum')
    return { ...common, family: 'global', loss: { low: '0', high: '0' }, index: '0' };
  return {
    ...common,
    family: certificate.family,
    loss: enclosureOf(certificate.loss),
    index: certificate.index,
  };
}

function rangeFacts({ claim, family, nodes }: RangeCertificate): Facts {
  const [first, last] = [nodes[0], nodes.at(-1)];
  return { claim, family, d: first?.d ?? '', irrep: '', to: last?.d ?? '', pieces: nodes.length - 1 };
}

/** The numbers that round to a decimal. */
export function enclosureOf(text: string): Enclosure {
  const { units, places } = parseDecimal(text);
  return {
    low: decimalText(10n * units - 5n, places + 1),
    high: decimalText(10n * units + 5n, places + 1),
  };
}

function leastOf(components: readonly Component[]): { irrep: string; text: string } {
  const all = components.flatMap(({ irrep, eigenvalues }) => eigenvalues.map((text) => ({ irrep, text })));
  return all.reduce((best, each) => (isLess(each.text, best.text) ? each : best));
}

function isLess(a: string, b: string): boolean {
  const [one, other] = [parseDecimal(a), parseDecimal(b)];
  return one.units * powerOfTen(other.places) < other.units * powerOfTen(one.places);
}
