/** Builds the environment of a program from nothing, so that no variable of the user's reaches it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** Where programs are looked for: the caller's, or the usual places. Recorded with every trace, not in the key. */
export const defaultPath: string = process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin';

/** The variables of a program with a home and a folder for temporary files of its own below `folder`; makes both. */
export function buildEnvironment(
  folder: string,
  path: string,
  declared: Readonly<Record<string, string>>,
): Record<string, string> {
  const [home, temporary] = [join(folder, 'home'), join(folder, 'tmp')];
  for (const made of [home, temporary]) mkdirSync(made, { recursive: true });
  return {
    PATH: path,
    HOME: home,
    TMPDIR: temporary,
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    SOURCE_DATE_EPOCH: '0',
    ...declared,
  };
}
