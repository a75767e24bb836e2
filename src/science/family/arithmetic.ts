/** The two arithmetics in which the branches are computed: doubles to follow them, double-doubles for the results. */
import { atan2 } from '../math/elementary.ts';
import { doubleDoubleField } from '../math/precision/double-double-field.ts';
import type { DoubleDouble } from '../math/precision/double-double.ts';
import { doubleField, type Field } from '../math/precision/field.ts';

const lazy: { plain?: Field<number>; fine?: Field<DoubleDouble> } = {};

/** Doubles. */
export function plain(): Field<number> {
  return (lazy.plain ??= doubleField(atan2));
}

/** Double-doubles. */
export function fine(): Field<DoubleDouble> {
  return (lazy.fine ??= doubleDoubleField());
}
