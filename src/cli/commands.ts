/** Every command there is, in the order of the help. */
import type { CommandSpec } from './command-spec.ts';
import { askCommands } from './commands/ask.ts';
import { checkCommands } from './commands/check.ts';
import { keepCommands } from './commands/keep.ts';
import { makeCommands } from './commands/make.ts';

export const commands: readonly CommandSpec[] = [
  ...makeCommands,
  ...askCommands,
  ...checkCommands,
  ...keepCommands,
];
