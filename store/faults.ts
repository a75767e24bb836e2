/** Turns what SQLite and the file system throw into the failures that a person is told about. */
import { Fault } from '../src/model/fault.ts';

const space = /^(SQLITE_FULL|ENOSPC|EDQUOT)/;
const damage = /^SQLITE_(CORRUPT|NOTADB|FORMAT)/;
const refused = /^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EROFS|EACCES|EPERM)/;
const broken = /^(SQLITE_IOERR|SQLITE_NOMEM|EIO|EMFILE|ENFILE)/;

/** The error as a Fault `store` where the machine or the disk is the cause; anything else is our own and stays. */
export function asFault(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (error instanceof Fault || code === undefined) return error;
  const said = (error as Error).message;
  if (space.test(code))
    return fault(`${path}: out of space (${said}). Free some space, or run "colophon gc".`);
  if (damage.test(code)) return fault(`${path}: the store is damaged (${said}). Run "colophon doctor".`);
  if (refused.test(code)) return fault(`${path}: the store cannot be opened or written (${said}).`);
  if (broken.test(code)) return fault(`${path}: reading or writing failed (${code}: ${said}).`);
  return error;
}

/** A failure of kind `store`. */
export function fault(message: string): Fault {
  return new Fault('store', message);
}

/** `SQLITE_…` or `E…`, where the error has a code. */
export function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}
