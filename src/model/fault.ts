/** The failures a person is told about: what is wrong, where, and which exit code it leads to. */

/** A position in a text file; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing wrong with what the user wrote: where, and what is wrong, found against expected, what to do. */
export interface Problem {
  readonly place?: Place | undefined;
  readonly message: string;
}

/** `pipeline.yaml:14:9`. */
function formatPlace(place: Place): string {
  return `${place.file}:${place.line}:${place.column}`;
}

/** `pipeline.yaml:14:9: message`. */
export function formatProblem(problem: Problem): string {
  return problem.place ? `${formatPlace(problem.place)}: ${problem.message}` : problem.message;
}

/**
 * What a failure is about, which decides the exit code: `usage` (2: arguments or configuration), `bytes` (3: other
 * bytes than recorded), `store` (4: damaged, newer than the tool, out of space).
 */
export type FaultKind = 'usage' | 'bytes' | 'store';

/** A failure that is the caller's or the machine's, told without a stack. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly kind: FaultKind;
  readonly problems: readonly Problem[];
  constructor(kind: FaultKind, problems: string | readonly Problem[]) {
    const list = typeof problems === 'string' ? [{ message: problems }] : problems;
    super(list.map(formatProblem).join('\n'));
    this.kind = kind;
    this.problems = list;
  }
}
