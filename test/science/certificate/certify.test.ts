import { describe, expect, it } from 'vitest';
import { certify, certifyPoint, certifyTarget } from '../../../src/science/certificate/certify.ts';
import { certifyThreshold } from '../../../src/science/certificate/threshold.ts';
import { check } from '../../../src/science/checker/check.ts';
import type {
  Certificate,
  PointCertificate,
  ThresholdCertificate,
} from '../../../src/science/checker/format.ts';
import { criticalPoint } from '../../../src/science/family/critical-point.ts';
import { branchOf } from '../../../src/science/family/families.ts';
import { spectrum } from '../../../src/science/family/spectrum.ts';
import { threshold } from '../../../src/science/family/threshold.ts';

/** The certificate, which must be there and be accepted by the checker. */
function accepted<C extends Certificate>(result: { status: string; certificate?: C }): C {
  expect(result).toMatchObject({ status: 'certified' });
  const certificate = result.certificate as C;
  expect(JSON.parse(JSON.stringify(certificate))).toEqual(certificate);
  expect(check(certificate)).toEqual({ status: 'valid' });
  return certificate;
}

const few = { entries: 7, loss: 6, eigenvalues: 4 };

/** Every certificate that differs from the given one in one digit, with the place of the digit. */
function tampered(value: unknown, path = ''): [string, unknown][] {
  if (typeof value === 'number') return [[path, value + 1]];
  if (typeof value === 'string') {
    return value
      .split('')
      .flatMap((digit, i): [string, unknown][] =>
        /\d/.test(digit)
          ? [[`${path}[${i}]`, `${value.slice(0, i)}${(Number(digit) + 1) % 10}${value.slice(i + 1)}`]]
          : digit === '-' && /\d/.test(value[i + 1] ?? '')
            ? [[`${path}[${i}]`, value.slice(i + 1)]]
            : [],
      );
  }
  if (Array.isArray(value))
    return value.flatMap((item, i) =>
      tampered(item, `${path}/${i}`).map(([at, changed]): [string, unknown] => [at, value.with(i, changed)]),
    );
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    tampered(item, `${path}/${key}`).map(([at, changed]): [string, unknown] => [
      at,
      { ...value, [key]: changed },
    ]),
  );
}

describe('the minima that exist', () => {
  const dimensions = [6, 7, 8, 10, 14, 20, 1_000_000];

  it.each(['A', 'I', 'II'] as const)(
    'type %s is certified from d = 6 to 20 and at 10^6, and the checker agrees',
    (family) => {
      for (const d of dimensions) {
        const certificate = accepted(certify({ family, d })) as PointCertificate;
        const { lines, index } = spectrum({ family, d });
        expect(Number(certificate.index)).toBe(index);
        const claimed = certificate.components.flatMap(({ irrep, eigenvalues }) =>
          eigenvalues.map((value) => ({ irrep, value: Number(value) })),
        );
        for (const { irrep, eigenvalue } of lines) {
          const gap = Math.min(
            ...claimed.filter((c) => c.irrep === irrep).map((c) => Math.abs(c.value - eigenvalue)),
          );
          expect(gap).toBeLessThan(1e-13 * Math.max(1, Math.abs(eigenvalue)));
        }
      }
    },
  );

  it('type II is a minimum at d = 6, type I a saddle there and a minimum at d = 7', () => {
    const points = [
      certify({ family: 'II', d: 6 }),
      certify({ family: 'I', d: 6 }),
      certify({ family: 'I', d: 7 }),
    ];
    expect(points.map((point) => (accepted(point) as PointCertificate).index)).toEqual(['0', '6', '0']);
  });

  it('families with two blocks of several inputs, and real d, are certified too', () => {
    accepted(certify({ family: '2', d: 9 }));
    accepted(certify({ family: '3', d: 1000 }));
    accepted(certify({ family: '2', d: 7.25 }));
    expect((accepted(certify({ family: 'A', d: 5.7 })) as PointCertificate).index).toBe('8.695');
  });

  it('the digits are those of the computed point', () => {
    const { entries, loss } = criticalPoint({ family: 'I', d: 50 });
    const certificate = accepted(certify({ family: 'I', d: 50 })) as PointCertificate;
    for (const { name, value } of entries) expect(Number(certificate.entries[name])).toBe(value);
    expect(Number(certificate.loss)).toBeCloseTo(loss, 14);
  });
});

describe('the global minimum', () => {
  it('has the spectrum known in closed form', () => {
    for (const d of [6, 1_000_000]) {
      const { components } = accepted(certifyTarget(d));
      const values = new Map(components.map(({ irrep, eigenvalues }) => [irrep, eigenvalues.map(Number)]));
      expect(values.get('x')![0]).toBeCloseTo(1 / 4 - 1 / (2 * Math.PI), 15);
      expect(values.get('y')![0]).toBeCloseTo(1 / 4 + 1 / (2 * Math.PI), 15);
      expect(values.get('t')!.length + values.get('s')!.length).toBe(5);
    }
  });
});

describe('thresholds', () => {
  it.each(['A', 'I', 'II'] as const)(
    'that of type %s is enclosed to 40 decimals, and the checker agrees',
    (family) => {
      const found = threshold({ family })!;
      const entries = criticalPoint({ family, d: found.d }).entries.map(({ value }) => value);
      const certificate = accepted(certifyThreshold(branchOf(family), { ...found, entries }));
      expect(Math.abs(Number(certificate.d) - found.d)).toBeLessThan(1e-11);
      expect(certificate.below - certificate.above).toBe(1);
      expect(certificate.irrep).toBe(family === 'II' ? 's' : 'x');
    },
  );

  it('are not claimed where no eigenvalue changes its sign', () => {
    const entries = criticalPoint({ family: 'A', d: 9 }).entries.map(({ value }) => value);
    expect(certifyThreshold(branchOf('A'), { irrep: 'y', d: 9, entries })).toMatchObject({
      status: 'undecided',
    });
    expect(certifyThreshold(branchOf('A'), { irrep: 'z', d: 9, entries })).toMatchObject({
      status: 'undecided',
    });
  });
});

describe('a certificate with one digit changed', () => {
  it('of a critical point is refused, whichever digit it is', () => {
    const certificate = accepted(certifyPoint(branchOf('II'), criticalPoint({ family: 'II', d: 7 }), few));
    const forged = tampered(certificate);
    expect(forged.length).toBeGreaterThan(80);
    for (const [place, changed] of forged)
      expect([place, check(changed as Certificate).status]).toEqual([place, 'refused']);
  });

  it('of the global minimum is refused', () => {
    for (const [place, changed] of tampered(accepted(certifyTarget(6, few))))
      expect([place, check(changed as Certificate).status]).toEqual([place, 'refused']);
  });

  it('of a threshold is refused', () => {
    const found = threshold({ family: 'A' })!;
    const entries = criticalPoint({ family: 'A', d: found.d }).entries.map(({ value }) => value);
    const places = { d: 14, entries: 8 };
    const certificate: ThresholdCertificate = accepted(
      certifyThreshold(branchOf('A'), { ...found, entries }, places),
    );
    for (const [place, changed] of tampered(certificate))
      expect([place, check(changed as Certificate).status]).toEqual([place, 'refused']);
  });
});

describe('a certificate whose claim does not follow', () => {
  const certificate = accepted(certifyPoint(branchOf('II'), criticalPoint({ family: 'II', d: 7 }), few));

  it('is refused for a missing or doubled component, a missing eigenvalue, another order', () => {
    const { components, ...rest } = certificate;
    const [t, s] = components as [(typeof components)[0], (typeof components)[0]];
    const variants = [
      components.slice(1),
      [...components, t],
      components.with(1, t),
      components.with(1, { ...s, eigenvalues: s.eigenvalues.slice(1) }),
      components.with(1, { ...s, eigenvalues: s.eigenvalues.toReversed() }),
    ];
    for (const changed of variants) expect(check({ ...rest, components: changed }).status).toBe('refused');
  });

  it('is refused for another structure, family or claim', () => {
    const valid = certificate;
    expect(check({ ...valid, structure: { blocks: ['d'], extra: [] } }).status).toBe('refused');
    expect(check({ ...valid, structure: { blocks: ['d - 1', '1'], extra: [1] } }).status).toBe('refused');
    expect(check({ ...valid, family: 'I' }).status).toBe('refused');
    expect(check({ ...valid, claim: 'something' } as unknown as Certificate).status).toBe('refused');
    expect(check({ ...valid, family: 'other-1' }).status).toBe('valid');
  });
});

describe('what cannot be proved', () => {
  it('is undecided, with a reason', () => {
    const point = criticalPoint({ family: 'A', d: 8 });
    const wrong = { ...point, entries: point.entries.map((entry) => ({ ...entry, value: 0 })) };
    expect(certifyPoint(branchOf('A'), wrong, few)).toMatchObject({
      status: 'undecided',
      reason: expect.any(String),
    });
    expect(certifyPoint(branchOf('A'), point, { ...few, entries: 130 })).toMatchObject({
      status: 'undecided',
    });
    expect(certifyPoint(branchOf('A'), { ...point, d: 8e-9 }, few)).toMatchObject({ status: 'undecided' });
  });
});
