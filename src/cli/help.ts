/** Writes help: all commands by what they are for, or one command with its flags and examples. */
import type { CommandSpec, Group } from './command-spec.ts';
import { nameOf } from './arguments.ts';
import { topics } from './help-topics.ts';
import { helpOption, optionOf } from './option.ts';
import type { Style } from './view/style.ts';

const titles: readonly (readonly [Group, string])[] = [
  ['make', 'Make'],
  ['ask', 'Ask'],
  ['check', 'Check'],
  ['keep', 'Keep'],
];

const firstSteps = [
  ['colophon init', 'make a small pipeline to try, in an empty folder'],
  ['colophon run', 'bring everything up to date'],
  ['colophon plan', 'say what a change would execute again, and why'],
  ['colophon where 0.2974', 'say where a number in a table comes from'],
] as const;

/** What `colophon` alone says. */
export function overview(commands: readonly CommandSpec[], version: string, style: Style): string[] {
  const width = Math.max(...commands.map((spec) => nameOf(spec).length));
  const groups = titles.flatMap(([group, title]) => [
    '',
    style.strong(title),
    ...commands
      .filter((spec) => spec.group === group)
      .map((spec) => `  ${style.accent(nameOf(spec).padEnd(width))}  ${spec.says}`),
  ]);
  return [
    `${style.strong('colophon')} ${version}: reruns a paper end to end, executes again only what a change`,
    'invalidates, and says of every number where it came from.',
    '',
    style.strong('First steps'),
    ...table(firstSteps, style),
    ...groups,
    '',
    style.strong('Help'),
    ...table(
      topics.map(({ name, says }) => [`colophon help ${name}`, says]),
      style,
    ),
    '',
    'colophon <command> --help says more, with examples.',
  ];
}

/** What `colophon <command> --help` says. */
export function commandHelp(spec: CommandSpec, style: Style): string[] {
  const sentence = spec.says.charAt(0).toUpperCase() + spec.says.slice(1);
  const also = spec.alias === undefined ? '' : ` (also: colophon ${spec.alias})`;
  const options = [...spec.options.map(optionOf), helpOption].map(({ short, long, value, says }) => {
    const names = `${short === undefined ? '   ' : `${short},`} ${long}`;
    return [value === undefined ? names : `${names} <${value}>`, says] as const;
  });
  const examples =
    spec.examples.length === 0 ? [] : ['', style.strong('Examples'), ...table(spec.examples, style)];
  return [
    `${style.strong(`colophon ${spec.usage}`)}${also}`,
    `${sentence}.`,
    ...examples,
    '',
    style.strong('Flags'),
    ...table(options, style),
  ];
}

/** The line under a complaint about a command line: how it is meant. */
export function usageHint(spec: CommandSpec | undefined): string {
  if (spec === undefined) return '';
  const example = spec.examples[0]?.[0];
  return `usage: colophon ${spec.usage}${example === undefined ? '' : `, such as: ${example}`}`;
}

function table(rows: readonly (readonly [string, string])[], style: Style): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${style.accent(left.padEnd(width))}  ${right}`.trimEnd());
}
