/** Puts what does not fit the shape into words: found, expected, and what to do. */
import type { z } from 'zod';
import { nearest, suggestion } from '../../base/text.ts';
import type { Place } from '../../model/fault.ts';
import { found, subject } from '../wording.ts';
import { keyPlaceOf, namesAt, nodeAt, type Path, placeOf, type Source } from '../yaml/tree.ts';
import { fieldsAt } from './fields.ts';

type Issue = z.core.$ZodIssue;

interface Described {
  readonly at: Path;
  readonly place: Place;
  readonly message: string;
}

/** One problem, or one for each unknown field. */
export function describeIssue(source: Source, path: Path, issue: Issue): Described[] {
  if (isStageAmongClaims(source, path)) return [stageAmongClaims(source, path.slice(0, 2))];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownField(source, [...path, key]));
  if (issue.code === 'invalid_key') return [wrongName(source, path, issue.issues[0]?.message ?? '')];
  const node = nodeAt(source.root, path);
  if (node === undefined)
    return isMisspelled(source, path) ? [] : [missingField(source, path, issue.message)];
  const what = path.length === 0 ? 'the file' : subject(path);
  const message = `${what} is ${found(node.data)}, expected ${issue.message}.${hint(path, node.data, issue)}`;
  return [{ at: path, place: placeOf(source, path), message }];
}

/** Claims stand last in most files, so a stage that is added at the end lands among them. */
function isStageAmongClaims(source: Source, [section, id]: Path): boolean {
  if (section !== 'claims' || id === undefined) return false;
  const fields = namesAt(source, ['claims', id]);
  return fields.some((field) => field === 'use' || field === 'cmd') && !fields.includes('says');
}

function stageAmongClaims(source: Source, path: Path): Described {
  const message = `"${path[1]}" is written as a stage, but stands under "claims:". Move it up, under "stages:".`;
  return { at: path, place: keyPlaceOf(source, path), message };
}

function unknownField(source: Source, path: Path): Described {
  const parent = path.slice(0, -1);
  const name = String(path.at(-1));
  const known = fieldsAt(parent);
  const advice = name.includes(':')
    ? ' Put a space after the colon.'
    : suggestion(name, known) || ` It may have ${known.join(', ')}.`;
  const message = `${parent.length === 0 ? 'the file' : subject(parent)} has an unknown field "${name}".${advice}`;
  return { at: path, place: keyPlaceOf(source, path), message };
}

function wrongName(source: Source, path: Path, expected: string): Described {
  const message = `"${path.at(-1)}" is no name, expected ${expected}.`;
  const map = subject(path.slice(0, -1));
  return { at: path, place: keyPlaceOf(source, path), message: map === '' ? message : `${map}: ${message}` };
}

function missingField(source: Source, path: Path, expected: string): Described {
  const parent = path.slice(0, -1);
  const message = `${parent.length === 0 ? 'the file' : subject(parent)} has no "${path.at(-1)}", expected ${expected}.`;
  return { at: path, place: keyPlaceOf(source, parent), message };
}

/** Whether an unknown field beside it looks like the missing one: then that one message is enough. */
function isMisspelled(source: Source, path: Path): boolean {
  const known = fieldsAt(path.slice(0, -1));
  const unknown = namesAt(source, path.slice(0, -1)).filter((name) => !known.includes(name));
  return unknown.some((name) => nearest(name, known) === path.at(-1));
}

/** What to do about one value, beyond what was expected. */
function hint(path: Path, value: unknown, issue: Issue): string {
  const [section, , field] = path;
  const isText = typeof value === 'string';
  if (isText && ((field === 'cmd' && path.length === 3) || (field === 'environment' && path.length === 4)))
    return commandHint(value);
  if (isText && issue.code === 'invalid_value') return suggestion(value, issue.values.map(String));
  if (typeof value !== 'number' && typeof value !== 'boolean' && !isText) return '';
  if (section === 'stages' && (field === 'cmd' || field === 'env' || field === 'environment'))
    return ` Write "${String(value)}".`;
  return path.at(-2) === 'matrix' && value !== '' ? ` Write [${String(value)}].` : '';
}

function commandHint(command: string): string {
  if (/[|&;<>()`*?~"'\\$]/.test(command))
    return ` No shell reads it unless it is named: write [sh, -c, ${JSON.stringify(command)}].`;
  const words = command.trim().split(/\s+/).map(asArgument);
  return ` There is no shell to split it: write [${words.join(', ')}].`;
}

/** A word as a list in brackets needs it: in quotes unless it is plain text. */
function asArgument(word: string): string {
  const isPlain = /^-{0,2}[A-Za-z_./][\w./=-]*$/.test(word) && !/^(true|false|null)$/i.test(word);
  return isPlain ? word : JSON.stringify(word);
}
