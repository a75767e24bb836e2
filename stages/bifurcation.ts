/** Holds the equilibria of the quadratic equivariant on the standard representation of S_n against their closed forms. */
import { z } from 'zod';
import type { Run } from '../src/model/stage.ts';
import { branchColumns, branchRow, summaryColumns, summaryRow } from '../src/science/bifurcation/tables.ts';
import { verifiedBranches } from '../src/science/bifurcation/verify.ts';
import { resultTable } from './kinds.ts';

export const params = () =>
  z.object({
    n: z.array(z.int().min(3)).describe('Which S_n'),
    lambda: z.number().positive().describe('Branches are taken at −λ and λ'),
    cubicLambda: z.number().positive().describe('The same where n is even and −β|x|²x is added'),
    beta: z.number().positive(),
  });
export const deps = () => ({});
export const outs = () => ({ table: resultTable, summary: resultTable });

export const run: Run<typeof params, typeof deps, typeof outs> = (
  _,
  { n, lambda, cubicLambda, beta },
  { evidence },
) => {
  const both = (size: number, level: number, weight: number) =>
    [-level, level].flatMap((signed) => verifiedBranches(size, signed, weight));
  const models = [
    ...n.map((size) => both(size, lambda, 0)),
    ...n.filter((size) => size % 2 === 0).map((size) => both(size, cubicLambda, beta)),
  ];
  evidence('not converged', models.flat().filter(({ status }) => status === 'lost').length);
  return {
    table: { columns: branchColumns, rows: models.flat().map(branchRow) },
    summary: { columns: summaryColumns, rows: models.map(summaryRow) },
  };
};
