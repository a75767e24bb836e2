/**
 * Reads the way to one value: `scaling.table[family=II].coefficient`, `spectrum@k=6.lines[0].value`.
 *
 * A stage or step, a role, then fields, indexes (from 0) and conditions. Text with other characters than letters,
 * digits, `_` and `-` is written in double quotes: `a@name="x y".table["mean loss"=0.5]."mean loss"`. A value with
 * a dot before a letter needs them as well.
 */
import { byCodeUnit } from '../../base/canonical.ts';
import { spellValue, stepId } from '../../model/case.ts';
import type { Selector, SelectorPart } from '../../model/claim.ts';
import { type Parsed, type Scanner, scan } from './scanner.ts';

/** The selector; its step is spelled as step names are, variables in order. */
export function parseSelector(text: string): Parsed<Selector> {
  return scan(text, (scanner) => {
    scanner.take(/\s+/);
    const stage = scanner.expect(name, 'the name of a stage');
    const step = scanner.take(/@/) === undefined ? stage : readCase(scanner, stage);
    scanner.expect(/\./, '"." and a role of the stage');
    const role = scanner.expect(name, 'a role of the stage');
    const path: SelectorPart[] = [];
    for (let part = readPart(scanner); part !== undefined; part = readPart(scanner)) path.push(part);
    return { step, role, path };
  });
}

const name = /[A-Za-z][A-Za-z0-9_-]*/;
const quotedText = /"(?:[^"\\]|\\.)*"/;
/** A dot belongs to a value only before a digit: `eps=0.5`. */
const caseValue = /[^\s,.[\]="@]+(?:\.\d[^\s,.[\]="@]*)*/;

function readCase(scanner: Scanner, stage: string): string {
  const binding = new Map<string, string>();
  do {
    const start = scanner.index;
    const variable = scanner.expect(name, 'the name of a matrix variable');
    if (binding.has(variable)) scanner.fail(`binds "${variable}" twice`, start);
    scanner.expect(/=/, '"=" and a value');
    const quoted = readQuoted(scanner);
    binding.set(variable, quoted === undefined ? scanner.expect(caseValue, 'a value') : spellValue(quoted));
  } while (scanner.take(/,/) !== undefined);
  const spelled = [...binding]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([variable, value]) => `${variable}=${value}`);
  return `${stepId(stage, {})}@${spelled.join(',')}`;
}

function readPart(scanner: Scanner): SelectorPart | undefined {
  if (scanner.take(/\./) !== undefined) return { type: 'field', name: readField(scanner) };
  if (scanner.take(/\[\s*/) === undefined) return undefined;
  const index = scanner.take(/\d{1,9}(?=\s*\])/);
  const part: SelectorPart =
    index === undefined
      ? { type: 'match', conditions: readConditions(scanner) }
      : { type: 'index', index: Number(index) };
  scanner.expect(/\s*\]/, '"]"');
  return part;
}

function readConditions(scanner: Scanner): Record<string, string> {
  const conditions: Record<string, string> = {};
  do {
    scanner.take(/\s+/);
    const start = scanner.index;
    const field = readField(scanner);
    if (Object.hasOwn(conditions, field)) scanner.fail(`asks for "${field}" twice`, start);
    scanner.expect(/\s*=\s*/, '"=" and a value, or an index such as [0]');
    conditions[field] = readQuoted(scanner) ?? scanner.expect(/[^\],"]+/, 'a value').trim();
  } while (scanner.take(/\s*,/) !== undefined);
  return conditions;
}

function readField(scanner: Scanner): string {
  return readQuoted(scanner) ?? scanner.expect(/[\p{L}_][\p{L}\p{N}_-]*/u, 'the name of a field');
}

function readQuoted(scanner: Scanner): string | undefined {
  const start = scanner.index;
  const quoted = scanner.take(quotedText);
  if (quoted === undefined) return undefined;
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return scanner.fail(`holds ${quoted}, which is not text as JSON writes it`, start);
  }
}
