/** One thing that `colophon doctor` looked at: how it stands, and what to do. */
import type { ExitCode } from '../exit.ts';

export interface Check {
  readonly name: string;
  /** `note`: nothing is wrong, but worth knowing. */
  readonly status: 'fine' | 'note' | 'wrong';
  /** What was found. */
  readonly says: readonly string[];
  /** What to do. */
  readonly hint?: string | undefined;
  /** The exit code that a wrong one leads to. */
  readonly exit: ExitCode;
}
