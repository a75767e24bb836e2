/** `colophon completion`: the script for a shell; and for that script, the words that could come next. */
import { suggestion } from '../../base/text.ts';
import { profileNames } from '../../config/profiles.ts';
import { Fault } from '../../model/fault.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import type { CommandSpec } from '../command-spec.ts';
import { candidates } from '../completion/candidates.ts';
import { namesOf } from '../completion/names.ts';
import { type Shell, scripts, shells } from '../completion/scripts.ts';
import { print } from '../output.ts';
import { parseSite } from '../project.ts';
import { type Site, openSite } from '../site.ts';

/** `shell` is the name of one, or `words`: then `line` is what stands on the command line behind `colophon`. */
export async function completionCommand(
  shell: string,
  line: readonly string[],
  commands: readonly CommandSpec[],
): Promise<void> {
  if (shell === 'words') return printWords(line.length === 0 ? [''] : line, commands);
  if (!(shells as readonly string[]).includes(shell))
    throw new Fault(
      'usage',
      `there is no completion for "${shell}"; there is for ${shells.join(', ')}.${suggestion(shell, shells)}`,
    );
  print(scripts[shell as Shell]);
}

/** A word a line, what it is behind a tab. Nothing is an error here: a shell would show it amid the line. */
async function printWords(line: readonly string[], commands: readonly CommandSpec[]): Promise<void> {
  const site = openQuietly();
  try {
    const pipeline = site && (await parseQuietly(site));
    const names = namesOf(site, pipeline, site === undefined ? [] : profileNames(site.text));
    const found = candidates(line, commands, names);
    print(found.map(({ word, says }) => (says === '' ? word : `${word}\t${says}`)));
  } finally {
    await site?.store.close();
  }
}

function openQuietly(): Site | undefined {
  try {
    return openSite({}, 'read');
  } catch {
    return undefined;
  }
}

async function parseQuietly(site: Site): Promise<Pipeline | undefined> {
  try {
    return (await parseSite(site, {})).pipeline;
  } catch {
    return undefined;
  }
}
