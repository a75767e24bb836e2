/** Writes command orders briefly: arguments as text with `${deps.x}` and `${outs.x}`. */
import type { CommandPart, Work } from '../../../src/model/executor.ts';

type CommandWork = Extract<Work, { type: 'command' }>;

export interface CommandText {
  readonly sources?: CommandWork['sources'];
  /** Role to path; a path that ends in `/` is a folder. */
  readonly outs?: Readonly<Record<string, string>>;
  readonly env?: CommandWork['env'];
}

export function command(argv: readonly string[], more: CommandText = {}): CommandWork {
  const outs = Object.entries(more.outs ?? {}).map(([role, path]) => {
    const out = {
      path: path.replace(/\/$/, ''),
      folder: path.endsWith('/'),
      compare: { type: 'bytes' },
    } as const;
    return [role, out] as const;
  });
  return {
    type: 'command',
    argv: argv.map(partsOf),
    sources: more.sources ?? {},
    outs: Object.fromEntries(outs),
    env: more.env ?? {},
  };
}

/** A command of one line of shell. */
export const shell = (script: string, more?: CommandText): CommandWork => command(['sh', '-c', script], more);

function partsOf(argument: string): CommandPart[] {
  return argument.split(/(\$\{(?:deps|outs)\.\w+\})/).map((text) => {
    const match = /^\$\{(dep|out)s\.(\w+)\}$/.exec(text);
    return match === null
      ? { type: 'text', text }
      : { type: match[1] as 'dep' | 'out', role: match[2] as string };
  });
}
