/** Certificates of folds and of whole intervals of d, and how they are refused once a digit is changed. */
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/base/random.ts';
import { certifyFold } from '../../../src/science/certificate/fold.ts';
import { factsOf } from '../../../src/science/certificate/facts.ts';
import { certifyRange } from '../../../src/science/certificate/range.ts';
import { check } from '../../../src/science/checker/check.ts';
import { isContraction } from '../../../src/science/checker/linear.ts';
import { arithmetic } from '../../../src/science/checker/arithmetic.ts';
import type { Certificate } from '../../../src/science/checker/format.ts';
import { branchOf } from '../../../src/science/family/families.ts';
import { foldOf, thresholds } from '../../../src/science/family/threshold.ts';
import { present } from '../../../src/base/invariant.ts';

const fold = present(foldOf(branchOf('2')), 'the fold of (2)');
const folded = certifyFold(branchOf('2'), fold);
const ranged = certifyRange({ family: 'A', from: 5.77, to: 5.79 });

function certificateOf<C>(one: { status: string; certificate?: C }): C {
  expect(one.status).toBe('certified');
  return one.certificate as C;
}

/** The certificate with one digit of the text at a path turned into another. */
function flipped(certificate: Certificate, pick: () => number): unknown {
  const places: { holder: Record<string, unknown>; key: string }[] = [];
  const copy = structuredClone(certificate) as unknown;
  const walk = (value: unknown) => {
    for (const [key, inner] of Object.entries(value as Record<string, unknown>)) {
      if (typeof inner === 'string' && /^-?\d+\.\d+$/.test(inner))
        places.push({ holder: value as Record<string, unknown>, key });
      else if (typeof inner === 'object' && inner !== null) walk(inner);
    }
  };
  walk(copy);
  const { holder, key } = present(places[pick() % places.length], 'a decimal');
  const text = holder[key] as string;
  const digits = Array.from(text.matchAll(/\d/g), ({ index }) => index);
  const at = present(digits[pick() % digits.length], 'a digit');
  const other = String((Number(text[at]) + 1 + (pick() % 9)) % 10);
  holder[key] = text.slice(0, at) + other + text.slice(at + 1);
  return copy;
}

describe('the certificate of a fold', () => {
  const certificate = certificateOf(folded);

  it('is valid, and says where the branch turns back', () => {
    expect(check(certificate)).toEqual({ status: 'valid' });
    expect(Number(certificate.d)).toBeCloseTo(thresholds({ family: '2', irrep: 't' })[0]?.d ?? 0, 8);
    expect(factsOf(certificate)).toMatchObject({ claim: 'fold', family: '2', irrep: 't' });
    expect(Math.abs(certificate.below - certificate.above)).toBe(1);
  });

  it('is refused with any digit changed', () => {
    const stream = randomStream('f1'.repeat(16));
    for (let i = 0; i < 12; i++) {
      const changed = flipped(certificate, () => stream.bits());
      expect([check(changed).status, JSON.stringify(changed)]).toEqual(['refused', JSON.stringify(changed)]);
    }
  });

  it('is refused with the signs the other way round, or with an entry that it does not name', () => {
    const { below, above } = certificate;
    expect(check({ ...certificate, below: above, above: below }).status).toBe('refused');
    expect(check({ ...certificate, pivot: 'diag3' }).status).toBe('refused');
    expect(check({ ...certificate, pivot: 'diag1' }).status).toBe('refused');
    expect(check({ ...certificate, family: 'II' }).status).toBe('refused');
  });

  it('is not given where the branch does not fold', () => {
    expect(certifyFold(branchOf('2'), { ...fold, d: fold.d + 0.5 }).status).toBe('undecided');
  });
});

describe('the certificate of a minimum over a range of d', () => {
  const certificate = certificateOf(ranged);

  it('is valid, from the first node to the last', () => {
    expect(check(certificate)).toEqual({ status: 'valid' });
    expect(factsOf(certificate)).toEqual({
      ...{ claim: 'minimum over a range', family: 'A', irrep: '', d: '5.7700', to: '5.7900' },
      pieces: certificate.nodes.length - 1,
    });
  });

  it('is refused with any digit changed', () => {
    const stream = randomStream('f2'.repeat(16));
    for (let i = 0; i < 12; i++) {
      const changed = flipped(certificate, () => stream.bits());
      expect([check(changed).status, JSON.stringify(changed)]).toEqual(['refused', JSON.stringify(changed)]);
    }
  });

  it('is refused where the nodes are too far apart, out of order, or only one', () => {
    const { nodes } = certificate;
    expect(check({ ...certificate, nodes: nodes.toReversed() })).toMatchObject({ status: 'refused' });
    expect(check({ ...certificate, nodes: nodes.slice(0, 1) })).toMatchObject({ status: 'refused' });
    const far = certificateOf(certifyRange({ family: 'A', from: 7, to: 7.01 })).nodes;
    expect(check({ ...certificate, nodes: [nodes[0], far.at(-1)] }).status).toBe('refused');
  });

  it('is not given below the threshold', () => {
    expect(certifyRange({ family: 'A', from: 5.7, to: 5.71 }).status).toBe('undecided');
    expect(certifyRange({ family: 'A', from: 5.75, to: 5.78 }).status).toBe('undecided');
  });
});

describe('a norm below 1', () => {
  const a = arithmetic(64);
  const of = (rows: number[][]) =>
    rows.map((row) => row.map((value) => a.ratio(BigInt(Math.round(value * 1e6)), 1_000_000n)));

  it('is found by weights where the rows alone do not show it', () => {
    expect(
      isContraction(
        a,
        of([
          [0.5, 0.2],
          [0.1, 0.4],
        ]),
      ),
    ).toBe(true);
    expect(
      isContraction(
        a,
        of([
          [0.1, 20],
          [0.001, 0.1],
        ]),
      ),
    ).toBe(true);
  });

  it('is not claimed where there is none', () => {
    expect(
      isContraction(
        a,
        of([
          [1, 0],
          [0, 0.1],
        ]),
      ),
    ).toBe(false);
    expect(
      isContraction(
        a,
        of([
          [0.5, -0.6],
          [-0.6, 0.5],
        ]),
      ),
    ).toBe(false);
  });
});
