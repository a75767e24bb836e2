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

/** A step's name as it may be typed, with its variables in any order, in its one spelling. */
export function sortedStepId(typed: string): StepId {
  const at = typed.indexOf('@');
  if (at < 0) return typed;
  const pairs = typed.slice(at + 1).split(',');
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
