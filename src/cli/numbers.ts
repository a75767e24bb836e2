/** Reads the numbers that flags take. */
import { Fault } from '../model/fault.ts';

/** The whole number that a flag was given, at least `least`; undefined where it was not. Throws Fault `usage`. */
export function wholeNumber(flag: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  throw new Fault('usage', `${flag} takes a whole number from ${least}, found "${text}"`);
}
