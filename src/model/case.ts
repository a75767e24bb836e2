/** Bindings of matrix variables: how they are spelled, ordered, and made into step names. */
import { byCodeUnit } from '../base/canonical.ts';

export type CaseValue = string | number | boolean;

/** One binding of matrix variables; the empty case belongs to a stage without a matrix. */
export type Case = Readonly<Record<string, CaseValue>>;

/** The name of a step: `stage`, or `stage@k=20,n=21` with the variables sorted by code unit. */
export type StepId = string;

const emptyCase: Case = {};

/** A value's canonical spelling: two values with one spelling are the same value. Reserved characters are percent-encoded. */
export function spellValue(value: CaseValue): string {
  return typeof value === 'string' ? encodeURIComponent(value).replace(/[!'()*]/g, percent) : String(value);
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** `k=20,n=21`; empty for the empty case. */
export function formatCase(binding: Case): string {
  const names = Object.keys(binding);
  if (names.length > 1) names.sort(byCodeUnit);
  return names.map((name) => `${name}=${spellValue(binding[name] as CaseValue)}`).join(',');
}

/** The name of the step that executes `stage` for `binding`. */
export function stepId(stage: string, binding: Case): StepId {
  const spelled = formatCase(binding);
  return spelled === '' ? stage : `${stage}@${spelled}`;
}

/** The stage in a step's name. */
export function stageOf(step: StepId): string {
  return step.split('@', 1)[0] as string;
}

/** A step's name behind its stage: `k=20,n=21`; empty where there is none. */
export function caseOf(step: StepId): string {
  return step.slice(stageOf(step).length + 1);
}

/** What means nothing in a name and nothing to a shell: percent-encoded in names, written out for people. */
const harmless = /[+/\p{L}\p{N}]/u;

/**
 * A step's name, or a part of it, as people read it: `over@extras=1+1` for `over@extras=1%2B1`. Two names never read
 * alike, and `spelledName` gives back the one that is read.
 */
export function readableName(name: string): string {
  return name.replace(/(?:%[0-9A-F]{2})+/g, readableLetters);
}

function readableLetters(escapes: string): string {
  try {
    const letters = Array.from(decodeURIComponent(escapes));
    return letters.map((letter) => (harmless.test(letter) ? letter : spellValue(letter))).join('');
  } catch {
    // Bytes of no text, as no name has them.
    return escapes;
  }
}

/** A text with the names of steps and cases in it as people read them; addresses, paths and all else stay as they are. */
export function readableNames(text: string): string {
  const name = /(?<![\w?&/.@-])(?:[\w-]+@)?[A-Za-z][\w-]*=[^\s"'`]*/g;
  return text.includes('%') ? text.replace(name, readableName) : text;
}

/** A step's name as it may be typed, escaped or as it is read, in the spelling that steps have. */
export function spelledName(typed: string): StepId {
  const from = typed.indexOf('@') + 1;
  if (from === 0) return typed;
  const spelled = typed
    .slice(from)
    .replace(/%[0-9A-Fa-f]{2}|[^A-Za-z0-9_.~,=-]/gu, (part) =>
      part.length === 3 ? part.toUpperCase() : spellValue(part),
    );
  return typed.slice(0, from) + spelled;
}

/** Likewise, with its variables in any order. */
export function sortedStepId(typed: string): StepId {
  const at = typed.indexOf('@');
  if (at < 0) return typed;
  const pairs = caseOf(spelledName(typed)).split(',');
  return `${typed.slice(0, at)}@${pairs.sort((a, b) => byCodeUnit(nameIn(a), nameIn(b))).join(',')}`;
}

const nameIn = (pair: string) => pair.split('=', 1)[0] as string;

/** `${variable}` in a path, filled in for one case; what the case does not bind stays as it is. */
export function fillPath(template: string, binding: Case): string {
  return template.replace(/\$\{([^}]*)\}/g, (whole, name: string) => {
    const value = binding[name];
    return value === undefined ? whole : spellValue(value);
  });
}

/** Orders cases variable by variable: numbers by size, all else by code unit of the spelling. */
export function compareCases(a: Case, b: Case): number {
  const names = Object.keys(a).sort(byCodeUnit);
  for (const name of names) {
    const order = compareValues(a[name] as CaseValue, b[name]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareValues(a: CaseValue, b: CaseValue | undefined): number {
  if (b === undefined) return 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return byCodeUnit(spellValue(a), spellValue(b));
}

/** Whether the two cases agree on every variable that both bind. */
export function agree(a: Case, b: Case): boolean {
  return Object.keys(a).every(
    (name) => b[name] === undefined || spellValue(a[name] as CaseValue) === spellValue(b[name]),
  );
}

/** Every combination of the variables' values, the last name (by code unit) varying fastest. */
export function unroll(variables: Readonly<Record<string, readonly CaseValue[]>>): Case[] {
  let cases: Case[] = [emptyCase];
  for (const name of Object.keys(variables).sort(byCodeUnit)) {
    cases = cases.flatMap((left) =>
      (variables[name] as readonly CaseValue[]).map((value) => ({ ...left, [name]: value })),
    );
  }
  return cases;
}
