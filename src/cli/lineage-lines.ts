/** Says a lineage in indented lines: where `run` stands, what it uses, params, sources, and what it needs. */
import { counted, listed, shortDigest } from '../base/text.ts';
import { formatTime } from '../base/time.ts';
import { canonicalJson } from '../model/json.ts';
import type { CodeFile } from '../provenance/code.ts';
import type { CodeLineage, Lineage, NeedLineage } from '../provenance/lineage.ts';
import { type Style, cut } from './view/style.ts';

export interface LineageStyle {
  readonly style: Style;
  /** Every function, with its place, and when each step was executed. */
  readonly verbose: boolean;
}

/** What is behind an execution, without its own name. */
export function lineageLines(lineage: Lineage, view: LineageStyle, indent = '  '): string[] {
  const { style } = view;
  const isHead = indent === '  ';
  const rows: (readonly [string, string])[] = [
    ...(lineage.current ? [] : [['', style.warn('not what the plan would use now: colophon run')] as const]),
    ...codeRows(lineage.code, view),
    ...paramsRow(lineage),
    ...lineage.sources.map(
      ({ role, path, digest }) =>
        [
          'source',
          `${path ?? '(no longer named)'}  ${style.dim(`${shortDigest(digest)} as ${role}`)}`,
        ] as const,
    ),
    ...(isHead || view.verbose
      ? [['made', style.dim(`${formatTime(lineage.at)} by run ${lineage.run}`)] as const]
      : []),
  ];
  return [
    ...rows.map(([name, value]) => `${indent}${style.dim(name.padEnd(7))} ${value}`),
    ...lineage.needs.flatMap((need) => needLines(need, view, indent)),
  ];
}

function needLines({ role, steps, lineage }: NeedLineage, view: LineageStyle, indent: string): string[] {
  const { style } = view;
  const more = steps.length > 1 ? `and ${counted(steps.length - 1, 'more case')}, ` : '';
  const told = lineage === undefined ? ', told above' : '';
  const head = `${indent}${style.accent('←')} ${style.strong(steps[0] ?? '')} ${style.dim(`(${more}as ${role}${told})`)}`;
  return [head, ...(lineage === undefined ? [] : lineageLines(lineage, view, `${indent}    `))];
}

function paramsRow({ params }: Lineage): (readonly [string, string])[] {
  const given = Object.entries(params).map(([name, value]) => `${name} ${cut(canonicalJson(value), 40)}`);
  return given.length === 0 ? [] : [['params', given.join(', ')]];
}

function codeRows({ files, naming, command, digest }: CodeLineage, view: LineageStyle): [string, string][] {
  const { style } = view;
  if (command !== undefined) return [['cmd', `${command}  ${style.dim(shortDigest(digest))}`]];
  const all = files.flatMap(({ file, declarations }) => declarations.map((each) => ({ ...each, file })));
  const own = all.find(({ name, file }) => name === 'run' && file === files[0]?.file);
  if (own === undefined) return [['code', style.dim(shortDigest(digest))]];
  const used = all.filter((each) => each !== own && each.name !== '' && !isDeclared(each, files[0]?.file));
  const run: [string, string] = ['run', `${own.file}:${own.line}  ${style.dim(shortDigest(digest))}`];
  const named = naming.map(({ declaration, file, line }) => `${declaration} (${file}:${line})`);
  const places = calledFirst(used, files[0]).map(({ name, file, line }) => `${name} (${file}:${line})`);
  return [run, ...placeRows('lines', named, view), ...placeRows('uses', places, view)];
}

/** Three places in a line, or each in one of its own. */
function placeRows(
  label: string,
  places: readonly string[],
  { style, verbose }: LineageStyle,
): [string, string][] {
  if (places.length === 0) return [];
  if (verbose) return places.map((place, i): [string, string] => [i === 0 ? label : '', place]);
  const shown = places.slice(0, 3);
  const more = places.length - shown.length;
  const rest = more === 0 ? '' : style.dim(` and ${more} more (-v)`);
  return [[label, `${more === 0 ? listed(shown) : shown.join(', ')}${rest}`]];
}

/** What every stage file exports beside `run`. */
const declared: readonly string[] = ['params', 'deps', 'outs'];

/** What the stage's own file names is nearest to what it computes; all else is below that. */
function calledFirst<T extends { readonly name: string }>(
  used: readonly T[],
  own: CodeFile | undefined,
): T[] {
  const told = own?.declarations.filter(({ name }) => !declared.includes(name)) ?? [];
  const words = new Set(told.flatMap(({ text }) => text.match(/[\w$]+/g) ?? []));
  return [...used.filter(({ name }) => words.has(name)), ...used.filter(({ name }) => !words.has(name))];
}

/** A declaration says nothing of what `run` uses. */
function isDeclared({ name, file }: { name: string; file: string }, own: string | undefined): boolean {
  return file === own && declared.includes(name);
}
