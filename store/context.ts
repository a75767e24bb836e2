/** What the parts of an opened store share. */
import type { Committer } from './committer.ts';
import type { Owners } from './owners.ts';
import type { Sole } from './sole.ts';
import type { Tables } from './tables.ts';

export interface Context extends Tables {
  /** Records, memos, events and all else: in groups. */
  readonly writer: Committer;
  /** Leases: at once, and never behind a group. */
  readonly leases: Committer;
  readonly owners: Owners;
  readonly sole: Sole;
}
