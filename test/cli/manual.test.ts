/** docs/cli.md names every command and flag as they are. `vitest run -u` on this file writes it again. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { nameOf } from '../../src/cli/arguments.ts';
import { commands } from '../../src/cli/commands.ts';
import { exits } from '../../src/cli/exit.ts';
import { optionOf } from '../../src/cli/option.ts';
import { manualText } from '../support/manual.ts';

const path = new URL('../../docs/cli.md', import.meta.url).pathname;

describe('docs/cli.md', () => {
  test('is what the specs of the commands say', async () => {
    await expect(manualText(commands)).toMatchFileSnapshot(path);
  });

  const text = readFileSync(path, 'utf8');
  const sections = new Map(text.split(/^### /m).map((section) => [section.split('\n', 1)[0], section]));

  test.each(commands.map((spec) => [nameOf(spec), spec] as const))(
    'has %s with all its flags',
    (name, spec) => {
      const section = sections.get(name) ?? '';
      for (const flag of spec.options.map(optionOf)) expect(section).toContain(`\`${flag.long}\``);
      for (const [line] of spec.examples) expect(section).toContain(line);
    },
  );

  test('says every exit code', () => {
    for (const code of [...Object.values(exits), 78])
      expect(text).toMatch(new RegExp(`^.*\\b${code}\\b`, 'm'));
  });
});
