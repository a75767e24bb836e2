/** Exit codes: what each means, and which failure leads to which. */
import { InvariantError } from '../base/invariant.ts';
import { Fault } from '../model/fault.ts';

export const exits = {
  ok: 0,
  /** A step or a claim failed. */
  failed: 1,
  /** Usage or configuration. */
  usage: 2,
  /** Audit, verify or the lock found other bytes. */
  bytes: 3,
  /** The store is damaged, newer than the tool, or out of space. */
  store: 4,
  /** An invariant of the tool broke. */
  internal: 70,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exits)[keyof typeof exits];

const order: readonly ExitCode[] = [70, 4, 130, 143, 2, 3, 1, 0];

/** The first of 70, 4, 130/143, 2, 3, 1 that applies. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  return order.find((code) => codes.includes(code)) ?? exits.ok;
}

/** The exit code of a thrown error. */
export function exitOf(error: unknown): ExitCode {
  return error instanceof Fault ? exits[error.kind] : exits.internal;
}

/** What a thrown error tells the user: a Fault its message; anything else is ours, with its stack. */
export function describeError(error: unknown): string {
  if (error instanceof Fault) return error.message;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const what =
    error instanceof InvariantError
      ? 'an invariant of colophon broke'
      : 'colophon failed in a way it should not';
  return `${what}; please report this with the command and the files that led here:\n${text}`;
}
