/** What the server of the UI says to its page: plain data, one shape for each address. */
export type { ClaimStatus } from '../../model/claim.ts';
export type * from './api/artifact.ts';
export type * from './api/compare.ts';
export type * from './api/plan.ts';
export type * from './api/run.ts';
export type * from './api/step.ts';
