/** Reads what a claim says of its value: `rounds to 0.3`, `= 0.3 ± 0.05`, `in [0.2, 0.4]`, `< 1`, `is stable`. */
import { compareDecimals, parseDecimal } from '../../base/decimal.ts';
import { present } from '../../base/invariant.ts';
import type { Relation } from '../../model/claim.ts';
import { type Parsed, type Scanner, scan } from './scanner.ts';

/** The relation, its decimals as written. `= 7` alone is exact: within 7 ± 0. */
export function parseRelation(text: string): Parsed<Relation> {
  return scan(text, (scanner) => {
    scanner.take(/\s+/);
    if (scanner.take(/rounds\s+to(?=\s|$)/) !== undefined)
      return { type: 'rounds to', decimal: readDecimal(scanner) };
    if (scanner.take(/in(?=\s|\[|$)/) !== undefined) return readInterval(scanner);
    if (scanner.take(/is(?=\s|$)/) !== undefined) return readText(scanner);
    if (scanner.take(/=/) !== undefined) return readWithin(scanner);
    const operator = scanner.expect(/<=|>=|[<>≤≥]/, '"rounds to", "=", "in", "<", "≤", ">", "≥" or "is"');
    return { type: 'compare', operator: operators[operator] as Operator, decimal: readDecimal(scanner) };
  });
}

type Operator = '<' | '≤' | '>' | '≥';

const operators: Readonly<Record<string, Operator>> = {
  '<': '<',
  '<=': '≤',
  '≤': '≤',
  '>': '>',
  '>=': '≥',
  '≥': '≥',
};

function readWithin(scanner: Scanner): Relation {
  const center = readDecimal(scanner);
  if (scanner.take(/\s*(?:±|\+-|\+\/-)\s*/) === undefined) return { type: 'within', center, tolerance: '0' };
  const start = scanner.index;
  const tolerance = readDecimal(scanner);
  if (tolerance.startsWith('-')) scanner.fail(`has the tolerance ${tolerance}, which is negative`, start);
  return { type: 'within', center, tolerance };
}

function readInterval(scanner: Scanner): Relation {
  scanner.expect(/\s*\[/, '"[" and an interval such as [0.2, 0.4]');
  const start = scanner.index;
  const low = readDecimal(scanner);
  scanner.expect(/\s*,/, '"," and the upper end');
  const high = readDecimal(scanner);
  scanner.expect(/\s*\]/, '"]"');
  if (compareDecimals(decimalOf(low), decimalOf(high)) > 0)
    scanner.fail(`has the interval [${low}, ${high}], whose ends are the wrong way round`, start);
  return { type: 'between', low, high };
}

function readText(scanner: Scanner): Relation {
  scanner.take(/\s+/);
  return { type: 'is', text: scanner.expect(/\S(?:.*\S)?/s, 'the text') };
}

function readDecimal(scanner: Scanner): string {
  scanner.take(/\s+/);
  const start = scanner.index;
  const written = scanner.take(/[-+−–]?[\d.][\w.]*(?:(?<=[eE])[-+]\d+)?/) ?? '';
  if (/^[−–]/.test(written)) scanner.fail(`has ${written} with a typographic minus, expected "-"`, start);
  if (parseDecimal(written) !== undefined) return written;
  scanner.index = start;
  return scanner.expect(/(?!)/, 'a decimal number such as 0.3 or 1e-9');
}

function decimalOf(text: string) {
  return present(parseDecimal(text), `the decimal ${text}`);
}
