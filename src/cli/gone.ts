/** Says what happened where a process lost its store while it ran. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../model/fault.ts';
import { asFault, codeOf } from '../../store/faults.ts';
import { databaseName } from '../../store/place.ts';

/** The error as a Fault `store` where a file below a store could not be reached; any other error stays as it is. */
export function nameLoss(error: unknown): unknown {
  const path = (error as { path?: unknown } | null | undefined)?.path;
  const folder = typeof path === 'string' ? /^(.*[/\\]\.colophon)[/\\]/.exec(path)?.[1] : undefined;
  if (error instanceof Fault || folder === undefined) return error;
  if (!/^(?:ENOENT|ENOTDIR)$/.test(codeOf(error) ?? '')) return asFault(error, folder);
  // A file that is missing from a store that is there is our own mistake.
  if (existsSync(join(folder, databaseName))) return error;
  const said = (error as Error).message;
  return new Fault(
    'store',
    `${folder}: the store was removed or moved while colophon was using it (${said}). Run the command again.`,
  );
}
