/**
 * The cases of every stage, from what its matrix says.
 *
 * A variable with listed values takes each of them. A variable `from` another stage has that stage's values. A
 * variable over the items of an artifact has one value for each item; where the stage that makes the artifact has a
 * matrix itself, there is one such list for each of its cases, so the variables of that matrix must be here as well.
 */
import {
  type Case,
  type CaseValue,
  agree,
  compareCases,
  formatCase,
  spellValue,
  stepId,
  unroll,
} from './case.ts';
import { type Items, type Origin, type Unrollable, originsOf } from './origin.ts';

/**
 * The ids of the items of the artifact `role` that the step of `stage` with this case made, in any order; `id` names
 * the field that holds them. Undefined while they are not known.
 */
export type ItemIds = (
  stage: string,
  role: string,
  id: string,
  binding: Case,
) => readonly CaseValue[] | undefined;

/** An artifact whose items must be known before the cases are. */
export interface AwaitedItems {
  readonly stage: string;
  readonly role: string;
  readonly case: Case;
}

interface MatrixProblem {
  readonly variable: string;
  /**
   * `missing`: no such stage or variable. `circular`: values that come from themselves. `ambiguous`: the items differ
   * by a variable that the stage has not. `unmatched`: the other stage has no case for a list that is needed.
   * `repeated`: two items have one id.
   */
  readonly type: 'missing' | 'circular' | 'ambiguous' | 'unmatched' | 'repeated';
  /** Continues `stage "x": `. */
  readonly message: string;
}

export interface StageCases {
  /** Names of all matrix variables. */
  readonly variables: readonly string[];
  /** Names of those over items, directly or through `from`. */
  readonly dynamic: readonly string[];
  /** Sorted by compareCases: all cases where nothing is awaited and nothing wrong, else those known. */
  readonly cases: readonly Case[];
  /** Bindings of the variables that are not dynamic, sorted: the same as `cases` where none is. */
  readonly bases: readonly Case[];
  readonly awaits: readonly AwaitedItems[];
  readonly problems: readonly MatrixProblem[];
}

/** The cases of all stages by name. What refers to a stage that is not given has a problem of type `missing`. */
export function casesOf(stages: readonly Unrollable[], items: ItemIds): ReadonlyMap<string, StageCases> {
  const unroller = new Unroller(stages, items);
  return new Map(stages.map((stage) => [stage.name, unroller.casesOf(stage)]));
}

/** The part of a case that binds these variables. */
export function pick(binding: Case, names: readonly string[]): Case {
  const bound = names.filter((name) => binding[name] !== undefined);
  return Object.fromEntries(bound.map((name) => [name, binding[name] as CaseValue]));
}

/** `polish@k=6.points`. */
export function formatAwaited(items: AwaitedItems): string {
  return `${stepId(items.stage, items.case)}.${items.role}`;
}

class Unroller {
  readonly #stages: ReadonlyMap<string, Unrollable>;
  readonly #items: ItemIds;
  readonly #origin: (stage: string, variable: string) => Origin;
  readonly #cases = new Map<string, StageCases>();
  readonly #open = new Set<string>();

  constructor(stages: readonly Unrollable[], items: ItemIds) {
    this.#stages = new Map(stages.map((stage) => [stage.name, stage]));
    this.#items = items;
    this.#origin = originsOf(this.#stages);
  }

  casesOf(stage: Unrollable): StageCases {
    const known = this.#cases.get(stage.name);
    if (known !== undefined) return known;
    this.#open.add(stage.name);
    const cases = this.#unroll(stage);
    this.#open.delete(stage.name);
    this.#cases.set(stage.name, cases);
    return cases;
  }

  #unroll(stage: Unrollable): StageCases {
    const listed: Record<string, readonly CaseValue[]> = {};
    const overItems = new Map<string, Items>();
    const problems: MatrixProblem[] = [];
    const variables = Object.keys(stage.matrix).sort();
    for (const variable of variables) {
      const origin = this.#origin(stage.name, variable);
      if (origin.type === 'values') listed[variable] = origin.values;
      else if (origin.type === 'items') overItems.set(variable, origin);
      else problems.push({ variable, ...origin });
    }
    const dynamic = [...overItems.keys()];
    if (problems.length > 0) return { variables, dynamic, cases: [], bases: [], awaits: [], problems };
    const bases = unroll(listed).sort(compareCases);
    const expansion = new Expansion(bases);
    if (dynamic.length > 0) this.#expand(stage, expansion, overItems);
    return { variables, dynamic, bases, ...expansion.result() };
  }

  /** Binds the dynamic variables, each as soon as those are bound that its list depends on. */
  #expand(stage: Unrollable, expansion: Expansion, left: Map<string, Items>): void {
    while (left.size > 0 && expansion.problems.length === 0) {
      const next = [...left].find(([, items]) => this.#unbound(items, stage, left) === undefined);
      if (next === undefined) {
        for (const [variable, items] of left)
          expansion.problems.push(this.#stuck(variable, items, stage, left));
        return;
      }
      this.#bind(...next, expansion);
      left.delete(next[0]);
    }
  }

  /** A variable that the list of items depends on and that is not bound. */
  #unbound(items: Items, stage: Unrollable, left: ReadonlyMap<string, Items>): string | undefined {
    const needed = Object.keys(this.#stages.get(items.stage)?.matrix ?? {}).sort();
    return needed.find((name) => stage.matrix[name] === undefined || left.has(name));
  }

  #stuck(variable: string, items: Items, stage: Unrollable, left: ReadonlyMap<string, Items>): MatrixProblem {
    const unbound = this.#unbound(items, stage, left) as string;
    const list = `${items.stage}.${items.role}`;
    if (stage.matrix[unbound] !== undefined)
      return {
        variable,
        type: 'circular',
        message: `the items of "${list}" depend on "${unbound}", which depends on them.`,
      };
    const message = `"${list}" is another list for each "${unbound}". Add ${unbound}: { from: ${items.stage} } to the matrix.`;
    return { variable, type: 'ambiguous', message };
  }

  #bind(variable: string, items: Items, expansion: Expansion): void {
    const stage = this.#stages.get(items.stage);
    if (stage === undefined) {
      expansion.problems.push({ variable, type: 'missing', message: `there is no stage "${items.stage}".` });
    } else if (this.#open.has(stage.name)) {
      const message = `the items of "${items.stage}.${items.role}" depend on cases that depend on them.`;
      expansion.problems.push({ variable, type: 'circular', message });
    } else {
      expansion.bind(variable, items, this.casesOf(stage), this.#items);
    }
  }
}

/** The cases of one stage while its dynamic variables are bound one after the other. */
class Expansion {
  readonly problems: MatrixProblem[] = [];
  readonly #awaits = new Map<string, AwaitedItems>();
  #cases: readonly Case[];

  constructor(bases: readonly Case[]) {
    this.#cases = bases;
  }

  result(): Pick<StageCases, 'cases' | 'awaits' | 'problems'> {
    const sound = this.problems.length === 0;
    return {
      cases: sound ? [...this.#cases].sort(compareCases) : [],
      awaits: [...this.#awaits.values()],
      problems: this.problems,
    };
  }

  /** Gives the variable the ids of the list that belongs to each case; a case whose list is not known is put off. */
  bind(variable: string, items: Items, upstream: StageCases, itemIds: ItemIds): void {
    const known = new Map(upstream.cases.map((binding) => [formatCase(binding), binding]));
    const lists = new Map<string, readonly CaseValue[]>();
    this.#cases = this.#cases.flatMap((binding) => {
      const shared = pick(binding, upstream.variables);
      const made = known.get(formatCase(shared));
      if (made === undefined) return this.#putOff(variable, items, shared, upstream);
      const name = formatCase(made);
      const ids = lists.get(name) ?? this.#ids(variable, items, made, itemIds);
      lists.set(name, ids);
      return ids.map((id) => ({ ...binding, [variable]: id }));
    });
  }

  #putOff(variable: string, items: Items, shared: Case, upstream: StageCases): [] {
    const awaited = upstream.awaits.filter((one) => agree(one.case, shared));
    for (const one of awaited) this.#awaits.set(formatAwaited(one), one);
    if (awaited.length > 0 || upstream.problems.length > 0) return [];
    const message = `it needs the items of "${items.stage}.${items.role}" for ${formatCase(shared)}, but "${items.stage}" has no such case.`;
    this.problems.push({ variable, type: 'unmatched', message });
    return [];
  }

  #ids(variable: string, items: Items, made: Case, itemIds: ItemIds): readonly CaseValue[] {
    const list: AwaitedItems = { stage: items.stage, role: items.role, case: made };
    const ids = itemIds(items.stage, items.role, items.id, made);
    if (ids === undefined) this.#awaits.set(formatAwaited(list), list);
    const spelled = new Set<string>();
    for (const id of ids ?? []) {
      const message = `two items of "${formatAwaited(list)}" have the id "${spellValue(id)}". Each needs its own.`;
      if (spelled.has(spellValue(id))) this.problems.push({ variable, type: 'repeated', message });
      spelled.add(spellValue(id));
    }
    return ids ?? [];
  }
}
