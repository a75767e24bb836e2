import { describe, expect, it } from 'vitest';
import { check } from '../../../src/science/checker/check.ts';
import { parseCertificate } from '../../../src/science/checker/parse.ts';
import { Refusal } from '../../../src/science/checker/verdict.ts';

/** The global minimum of three neurons, to four places: 1/4 ± 1/2π and what is left of M(3, 3) = 2t + 3s + x. */
const target = {
  claim: 'global minimum',
  d: '3',
  components: [
    { irrep: 't', multiplicity: '1', eigenvalues: ['0.5073', '1.2202'] },
    { irrep: 's', multiplicity: '2', eigenvalues: ['0.0908', '0.3311', '0.9189'] },
    { irrep: 'x', multiplicity: '1', eigenvalues: ['0.0908'] },
  ],
};

const point = {
  claim: 'critical point',
  family: 'A',
  d: '7',
  structure: { blocks: ['d'], extra: [] },
  entries: { diag1: '-0.7', off1: '0.2' },
  loss: '0.1',
  components: [{ irrep: 't', multiplicity: '1', eigenvalues: ['0.1'] }],
  index: '0',
};

describe('a certificate', () => {
  it('is read from plain data', () => {
    expect(parseCertificate(point)).toBe(point);
    expect(parseCertificate(JSON.parse(JSON.stringify(target)))).toEqual(target);
  });

  it.each([
    ['nothing', undefined],
    ['a list', []],
    ['no claim', { ...point, claim: undefined }],
    ['an unknown claim', { ...point, claim: 'toString' }],
    ['a missing field', { ...point, loss: undefined, extra: 1 }],
    ['a field too many', { ...point, note: 'x' }],
    ['a number for a string', { ...point, d: 7 }],
    ['a list for a record', { ...point, entries: ['-0.7', '0.2'] }],
    ['a number among the entries', { ...point, entries: { diag1: -0.7, off1: '0.2' } }],
    ['a structure without blocks', { ...point, structure: { extra: [] } }],
    ['half a row', { ...point, structure: { blocks: ['d'], extra: [0.5] } }],
    ['a component without eigenvalues', { ...point, components: [{ irrep: 't', multiplicity: '1' }] }],
  ])('is refused for %s', (_, data) => {
    expect(() => parseCertificate(data)).toThrow(Refusal);
    expect(check(data)).toMatchObject({ status: 'refused', reason: expect.any(String) });
  });
});

describe('numbers in a certificate', () => {
  it.each([
    ['that are no decimals', { entries: { diag1: '-0.7e0', off1: '0.2' } }],
    ['without a place', { entries: { diag1: '-1', off1: '0.2' } }],
    ['of another name', { entries: { diag1: '-0.7', off2: '0.2' } }],
    ['too few', { entries: { diag1: '-0.7' } }],
    ['of blocks that do not sum up', { structure: { blocks: ['d', '2'], extra: [] } }],
    ['of an empty block', { structure: { blocks: ['d - 7', '7'], extra: [] } }],
    ['of blocks that are no sizes', { structure: { blocks: ['d*d'], extra: [] } }],
  ])('%s are refused', (_, changed) => {
    expect(check({ ...point, ...changed })).toMatchObject({ status: 'refused' });
  });
});

it('the global minimum of three neurons is accepted, and refused with one eigenvalue moved', () => {
  const verdict = check(target);
  const moved = {
    ...target,
    components: target.components.with(2, { irrep: 'x', multiplicity: '1', eigenvalues: ['0.0909'] }),
  };
  expect(verdict).toEqual({ status: 'valid' });
  expect(check(moved)).toMatchObject({ status: 'refused', reason: 'eigenvalue 1 of x' });
});
