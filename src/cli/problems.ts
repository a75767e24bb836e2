/** Says what is wrong in files: each problem with its place, and on a terminal the line it is about. */
import { join, relative } from 'node:path';
import { byCodeUnit } from '../base/canonical.ts';
import { counted } from '../base/text.ts';
import { Fault, type Place, type Problem, formatProblem } from '../model/fault.ts';
import { type Style, visibleWidth } from './view/style.ts';

/** Problems of a project, each once, in the order of their places, with files named as seen from where the user is. */
export function seenFromHere(root: string, problems: readonly Problem[]): Problem[] {
  const named = problems.map((problem) =>
    problem.place ? { ...problem, place: moved(problem.place) } : problem,
  );
  const once = new Map(named.map((problem) => [formatProblem(problem), problem]));
  return [...once.values()].sort(byPlace);

  function moved(place: Place): Place {
    return { ...place, file: relative(process.cwd(), join(root, place.file)) };
  }
}

/** What has no place first, then the pipeline file, which holds the most, then the others. */
function byPlace({ place: a }: Problem, { place: b }: Problem): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  const isPipeline = ({ file }: Place) => Number(!/\.ya?ml$/.test(file));
  return (
    isPipeline(a) - isPipeline(b) || byCodeUnit(a.file, b.file) || a.line - b.line || a.column - b.column
  );
}

/** Passes on what `work` gives; a Fault's files are named as seen from where the user is. */
export async function withPlacesFrom<T>(root: string, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new Fault(error.kind, seenFromHere(root, error.problems));
  }
}

export interface Excerpts {
  /** The text of a file, or undefined where it cannot be read. */
  readonly read: (file: string) => string | undefined;
  /** Columns of the terminal. */
  readonly columns: number;
  readonly style: Style;
}

/** A line for each problem, with the source under it where `excerpts` are wanted, and how many there are. */
export function problemLines(problems: readonly Problem[], excerpts?: Excerpts): string[] {
  const lines = problems.flatMap((problem) => [
    ...(excerpts === undefined ? [formatProblem(problem)] : headline(problem, excerpts.style)),
    ...(excerpts === undefined || problem.place === undefined ? [] : excerptLines(problem.place, excerpts)),
  ]);
  const files = new Set(problems.flatMap(({ place }) => (place === undefined ? [] : [place.file])));
  if (files.size === 0) return lines;
  const where = files.size === 1 ? [...files].join('') : counted(files.size, 'file');
  return [...lines, `${counted(problems.length, 'problem')} in ${where}`];
}

function headline({ place, message }: Problem, style: Style): string[] {
  if (place === undefined) return [message];
  return [`${style.strong(`${place.file}:${place.line}:${place.column}:`)} ${message}`];
}

/** The line of the place with a caret under the column; nothing where the file has no such line. */
function excerptLines(place: Place, { read, columns, style }: Excerpts): string[] {
  const source = read(place.file)?.split(/\r?\n/)[place.line - 1];
  if (source === undefined || source.trim() === '') return [];
  const number = String(place.line);
  const room = Math.max(20, columns - number.length - 5);
  const { text, before } = windowOf(source, place.column - 1, room);
  const gutter = (label: string) => style.dim(`  ${label.padStart(number.length)} │ `);
  return [`${gutter(number)}${text}`, `${gutter('')}${' '.repeat(before)}${style.bad('^')}`];
}

/** As much of a line around a column as there is room for, and how many columns of it come before. */
function windowOf(source: string, column: number, room: number): { text: string; before: number } {
  const from = column < room - 8 ? 0 : column - Math.floor(room / 2);
  const head = from === 0 ? '' : '…';
  const shown = plainSpaces(source.slice(from));
  const cutEnd = shown.length + head.length > room;
  const text = `${head}${cutEnd ? `${shown.slice(0, room - head.length - 1)}…` : shown}`;
  return { text, before: visibleWidth(head) + visibleWidth(source.slice(from, column)) };
}

/** A tab would move the caret by a number of columns that only the terminal knows. */
const plainSpaces = (text: string) => text.replaceAll('\t', ' ');
