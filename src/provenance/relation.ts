/** Whether a value, or all of an enclosure, stands in a claim's relation; decimals are compared exactly. */
import {
  type Decimal,
  addDecimals,
  areSameDecimal,
  compareDecimals,
  halfUnit,
  negate,
  parseDecimal,
} from '../base/decimal.ts';
import type { Relation } from '../model/claim.ts';
import type { Selected } from './select.ts';

interface Verdict {
  readonly status: 'holds' | 'fails' | 'undecided' | 'broken';
  readonly because: string;
}

/** A range of decimals; an absent end is open to that side. */
interface Range {
  readonly low?: Decimal | undefined;
  readonly lowIncluded: boolean;
  readonly high?: Decimal | undefined;
  readonly highIncluded: boolean;
}

/** Judges what was selected. An enclosure partly inside and partly outside is `undecided`. */
export function judgeValue(selected: Exclude<Selected, { type: 'broken' }>, relation: Relation): Verdict {
  if (relation.type === 'is') return judgeText(selected, relation.text);
  const range = rangeOf(relation);
  if (range === undefined)
    return { status: 'broken', because: 'the relation holds what is no decimal number' };
  const [low, high] =
    selected.type === 'scalar'
      ? [selected.text, selected.text]
      : [selected.enclosure.low, selected.enclosure.high];
  const [from, to] = [parseDecimal(low), parseDecimal(high)];
  if (from === undefined || to === undefined)
    return { status: 'broken', because: `"${from === undefined ? low : high}" is no number` };
  if (isAbove(range, from) && isBelow(range, to)) return { status: 'holds', because: '' };
  if (!isBelow(range, from) || !isAbove(range, to))
    return { status: 'fails', because: 'outside what is claimed' };
  return { status: 'undecided', because: 'the enclosure is partly inside what is claimed, partly outside' };
}

function judgeText(selected: Exclude<Selected, { type: 'broken' }>, text: string): Verdict {
  const same =
    selected.type === 'scalar' &&
    (selected.isNumber ? areSameDecimal(selected.text, text) : selected.text === text);
  return same ? { status: 'holds', because: '' } : { status: 'fails', because: 'another text' };
}

/** Whether `x` is not under the range's lower end. */
function isAbove({ low, lowIncluded }: Range, x: Decimal): boolean {
  const order = low === undefined ? 1 : compareDecimals(x, low);
  return order > 0 || (order === 0 && lowIncluded);
}

/** Whether `x` is not over the range's upper end. */
function isBelow({ high, highIncluded }: Range, x: Decimal): boolean {
  const order = high === undefined ? -1 : compareDecimals(x, high);
  return order < 0 || (order === 0 && highIncluded);
}

function rangeOf(relation: Exclude<Relation, { type: 'is' }>): Range | undefined {
  switch (relation.type) {
    case 'rounds to':
      return around(relation.decimal, (center) => halfUnit(center), false);
    case 'within':
      return around(relation.center, () => parseDecimal(relation.tolerance), true);
    case 'between': {
      const [low, high] = [parseDecimal(relation.low), parseDecimal(relation.high)];
      return low && high && { low, lowIncluded: true, high, highIncluded: true };
    }
    case 'compare':
      return oneSided(relation.operator, parseDecimal(relation.decimal));
  }
}

/** [c − r, c + r], or [c − r, c + r) where rounding decides: a half is rounded up. Away from zero for negatives. */
function around(
  text: string,
  radius: (center: Decimal) => Decimal | undefined,
  closed: boolean,
): Range | undefined {
  const center = parseDecimal(text);
  const reach = center && radius(center);
  if (center === undefined || reach === undefined) return undefined;
  const [low, high] = [addDecimals(center, negate(reach)), addDecimals(center, reach)];
  const negative = center.digits < 0n;
  return { low, high, lowIncluded: closed || !negative, highIncluded: closed || negative };
}

function oneSided(operator: '<' | '≤' | '>' | '≥', bound: Decimal | undefined): Range | undefined {
  if (bound === undefined) return undefined;
  const included = operator === '≤' || operator === '≥';
  return operator === '<' || operator === '≤'
    ? { high: bound, highIncluded: included, lowIncluded: true }
    : { low: bound, lowIncluded: included, highIncluded: true };
}
