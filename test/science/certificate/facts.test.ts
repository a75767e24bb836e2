/** What is read off certificates: the intervals that their digits stand for. */
import { describe, expect, test } from 'vitest';
import { certify } from '../../../src/science/certificate/certify.ts';
import { enclosureOf, factsOf } from '../../../src/science/certificate/facts.ts';
import type { ThresholdCertificate } from '../../../src/science/checker/format.ts';

describe('digits stand for an interval', () => {
  test.each([
    ['1.25', '1.245', '1.255'],
    ['-0.5', '-0.55', '-0.45'],
    ['0.000', '-0.0005', '0.0005'],
    ['12', '11.5', '12.5'],
    ['0.04', '0.035', '0.045'],
  ])('%s', (text, low, high) => {
    expect(enclosureOf(text)).toEqual({ low, high });
  });
});

describe('facts', () => {
  test('of a minimum: loss and least eigenvalue above zero, no negative eigenvalue', () => {
    const proof = certify({ family: 'II', d: 8 });
    if (proof.status !== 'certified') throw new Error(proof.reason);
    const facts = factsOf(proof.certificate);
    expect(facts).toMatchObject({ claim: 'critical point', family: 'II', d: '8', irrep: 's', index: '0' });
    expect(Number(facts.loss?.low)).toBeGreaterThan(0.02);
    expect(Number(facts.least?.low)).toBeGreaterThan(0);
    expect(Number(facts.least?.high) - Number(facts.least?.low)).toBeLessThan(1e-20);
  });

  test('of a saddle: the least eigenvalue is the most negative one', () => {
    const proof = certify({ family: 'II', d: 5 });
    if (proof.status !== 'certified') throw new Error(proof.reason);
    const facts = factsOf(proof.certificate);
    expect(Number(facts.index)).toBe(3);
    expect(Number(facts.least?.high)).toBeLessThan(0);
  });

  test('of the target: loss zero', () => {
    const proof = certify({ family: 'global', d: 8 });
    if (proof.status !== 'certified') throw new Error(proof.reason);
    expect(factsOf(proof.certificate)).toMatchObject({ family: 'global', loss: { low: '0', high: '0' } });
  });

  test('of a threshold: where it lies and what changes there', () => {
    const certificate: ThresholdCertificate = {
      claim: 'threshold',
      family: 'II',
      d: '5.59',
      structure: { blocks: ['d - 1', '1'], extra: [] },
      entries: {},
      irrep: 's',
      below: 1,
      above: 0,
    };
    expect(factsOf(certificate)).toEqual({
      ...{ claim: 'threshold', family: 'II', d: '5.59', irrep: 's' },
      ...{ at: { low: '5.585', high: '5.595' }, below: 1, above: 0 },
    });
  });
});
