/** The manual of the command line, docs/cli.md, from the very specs that the help is made from. */
import type { CommandSpec, Group } from '../../src/cli/command-spec.ts';
import { topics } from '../../src/cli/help-topics.ts';
import { nameOf } from '../../src/cli/arguments.ts';
import { optionOf } from '../../src/cli/option.ts';

const titles: Readonly<Record<Group, string>> = {
  make: 'Make',
  ask: 'Ask',
  check: 'Check',
  keep: 'Keep',
};

const opening = `# The command line

<!-- Made from the specs in src/cli/commands by test/cli/manual.test.ts; \`npx vitest run --config test/vitest.config.ts test/cli/manual.test.ts -u\` writes it again. -->

\`colophon <command> [arguments] [flags]\`: results go to stdout, progress and complaints to stderr.
Flags may stand anywhere; \`-kf\` is \`-k -f\`, \`-j4\` is \`-j 4\`, \`--jobs=4\` is \`--jobs 4\`; behind \`--\` nothing is a flag.
\`colophon <command> --help\` says all of this too.

The first Ctrl-C lets running steps end and starts no more, the second kills them, a third leaves at once; what is done is kept.
On a terminal a run shows live progress with a remaining time, elsewhere plain lines; \`--json\` prints the events themselves, one a line.
\`NO_COLOR\` is heeded.
`;

/** The whole text. */
export function manualText(commands: readonly CommandSpec[]): string {
  const groups = (Object.keys(titles) as Group[]).map((group) => {
    const own = commands.filter((spec) => spec.group === group);
    return `## ${titles[group]}\n\n${own.map(commandText).join('\n')}`;
  });
  return [opening, ...groups, ...topics.map(topicText)].join('\n');
}

function commandText(spec: CommandSpec): string {
  const also = spec.alias === undefined ? '' : ` (also: \`colophon ${spec.alias}\`)`;
  const sentence = `${spec.says.charAt(0).toUpperCase()}${spec.says.slice(1)}${also}.`;
  const flags = spec.options.map(optionOf).map(({ short, long, value, says }) => {
    const names = [short, long].filter((name) => name !== undefined).map((name) => `\`${name}\``);
    const taken = value === undefined ? '' : ` \`<${value}>\``;
    return `- ${names.join(', ')}${taken}: ${says}`;
  });
  const examples = spec.examples.map(([line, says]) => `${line}  # ${says}`);
  const shown = examples.length === 0 ? [] : ['```sh', ...examples, '```', ''];
  return [
    `### ${nameOf(spec)}`,
    '',
    `\`colophon ${spec.usage}\``,
    '',
    sentence,
    '',
    ...shown,
    ...flags,
    '',
  ].join('\n');
}

function topicText({ says, lines }: (typeof topics)[number]): string {
  const title = says.charAt(0).toUpperCase() + says.slice(1);
  return [`## ${title}`, '', '```text', ...lines, '```', ''].join('\n');
}
