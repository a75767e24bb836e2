/** All that is known before a run: the stages, the steps as far as they are known, and the plan. */
import type { Digest } from '../base/digest.ts';
import type { StepId } from '../model/case.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { Plan, PlannedStep, WaitingStage } from '../model/plan.ts';
import type { Step } from '../model/step.ts';
import type { Context } from './context.ts';
import type { Ground, Known, Probe } from './decide.ts';
import { type Expansion, expand } from './expand.ts';
import { type StepGraph, lazyGraph, ordered } from './graph.ts';
import { type Items, itemsOf } from './items.ts';
import type { Memory } from './explain.ts';
import { type Price, memoryOf, planSteps, pricesFrom } from './plan.ts';
import { type Prepared, prepare, refuse } from './prepare.ts';
import { problemsIn } from './problems.ts';
import { sources } from './sources.ts';
import { type Selection, select } from './targets.ts';

export interface OutlookOptions {
  readonly targets: readonly string[];
  /** Execute the named targets although they are up to date. */
  readonly force: boolean;
  readonly probe: Probe;
  readonly versions: Readonly<Record<string, string>>;
  /** True for a run: sources are copied into the store and hashed from the copy. */
  readonly pin?: boolean | undefined;
}

export interface Outlook {
  readonly prepared: Prepared;
  readonly plan: Plan;
  readonly ground: Ground;
  readonly graph: () => StepGraph;
  readonly selection: Selection;
  readonly isForced: (step: Step) => boolean;
  readonly price: Price;
  readonly memory: Memory;
  readonly sourceMap: (step: Step) => Digest | undefined;
  /** Every step of the pipeline known so far, wanted or not. */
  readonly allSteps: () => readonly Step[];
  readonly waiting: () => readonly WaitingStage[];
  /** Wanted steps that became known because `step` is done. */
  readonly expand: (step: Step, known: Known) => Promise<readonly Step[]>;
  /** Puts the items that a step takes into the store. */
  readonly keepItems: (step: Step, known: Known) => Promise<void>;
}

/** Rejects with Fault `usage`: all problems of the pipeline, or a target that names nothing. */
export async function outlook(
  context: Context,
  pipeline: Pipeline,
  options: OutlookOptions,
): Promise<Outlook> {
  const prepared = await prepare(context, pipeline);
  if (prepared.problems.length > 0) refuse(await problemsIn(prepared));
  const items = itemsOf(context.store);
  const ground = groundOf(context, pipeline, options, items);
  const { expansion, planned } = await planWhole(context, prepared, ground, options);
  const growing = new Growing(prepared, items, options.targets, expansion);
  const { steps, ...known } = planned;
  return {
    prepared,
    plan: { steps, waiting: expansion.waiting },
    ground,
    ...known,
    sourceMap: (step) => prepared.stages.get(step.stage.name)?.closure?.sourceMap,
    allSteps: () => growing.current.steps,
    waiting: () => growing.current.waiting,
    expand: (step, done) => growing.expand(step, done),
    keepItems: (step, done) => keepItems(items, step, done),
  };
}

function groundOf(context: Context, pipeline: Pipeline, options: OutlookOptions, items: Items): Ground {
  const ask: Probe = (argv, env) => {
    context.witness.doubt('a program was asked');
    return options.probe(argv, env);
  };
  return {
    seed: pipeline.seed,
    sources: sources(context, options.pin ?? false),
    items,
    probe: onceEach(ask),
    versions: options.versions,
  };
}

/** Plans, learns from hits which items there are, and plans again until no more steps come to light. */
async function planWhole(
  context: Context,
  prepared: Prepared,
  ground: Ground,
  options: OutlookOptions,
): Promise<{ readonly expansion: Expansion; readonly planned: Planned }> {
  let expansion = await expansionOf(prepared, () => undefined, ground.items.ids);
  for (;;) {
    const planned = await planExpansion(context, expansion, ground, options);
    if (expansion.waiting.length === 0) return { expansion, planned };
    const next = await expansionOf(prepared, planned.known, ground.items.ids);
    if (next.steps.length === expansion.steps.length) return { expansion, planned };
    expansion = next;
  }
}

/** The steps of a pipeline as they come to light while it runs. */
class Growing {
  readonly #prepared: Prepared;
  readonly #items: Items;
  readonly #targets: readonly string[];
  current: Expansion;
  /** Ends when the expansion under way does: two at once would each add the same steps. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(prepared: Prepared, items: Items, targets: readonly string[], current: Expansion) {
    this.#prepared = prepared;
    this.#items = items;
    this.#targets = targets;
    this.current = current;
  }

  expand(step: Step, known: Known): Promise<readonly Step[]> {
    const grown = this.#turn.then(() => this.#grow(step, known));
    this.#turn = grown.catch(() => undefined);
    return grown;
  }

  async #grow(step: Step, known: Known): Promise<readonly Step[]> {
    if (!this.current.waiting.some(({ on }) => on.includes(step.id))) return [];
    const before = new Set(this.current.steps.map(({ id }) => id));
    this.current = await expansionOf(this.#prepared, known, this.#items.ids);
    const { steps, waiting } = this.current;
    const { wanted } = select(this.#targets, steps, lazyGraph(steps), waiting);
    return ordered(steps).filter(({ id }) => !before.has(id) && wanted.has(id));
  }
}

async function keepItems(items: Items, step: Step, known: Known): Promise<void> {
  for (const input of Object.values(step.inputs)) {
    if (input.type !== 'item') continue;
    const list = known(input.step)?.[input.role]?.digest;
    if (list !== undefined) await items.keep(list, input.field, input.id);
  }
}

type Ids = Parameters<typeof expand>[1];

async function expansionOf(prepared: Prepared, known: Known, ids: Items['ids']): Promise<Expansion> {
  const lookUp: Ids = (step, role, field) => {
    const list = known(step)?.[role]?.digest;
    return list === undefined ? undefined : ids(list, field);
  };
  const expansion = await expand(prepared, lookUp);
  refuse(expansion.problems);
  return expansion;
}

interface Planned {
  readonly steps: readonly PlannedStep[];
  readonly selection: Selection;
  readonly graph: () => StepGraph;
  readonly known: Known;
  readonly isForced: (step: Step) => boolean;
  readonly memory: Memory;
  readonly price: Price;
}

async function planExpansion(
  context: Context,
  expansion: Expansion,
  ground: Ground,
  options: OutlookOptions,
): Promise<Planned> {
  const graph = lazyGraph(expansion.steps);
  const selection = select(options.targets, expansion.steps, graph, expansion.waiting);
  const isForced = (step: Step) => options.force && selection.named.has(step.id);
  const wanted = ordered(expansion.steps.filter(({ id }) => selection.wanted.has(id)));
  const memory = memoryOf(context.store.traces, wanted);
  const price = pricesFrom(context.store.traces, memory);
  const steps = await planSteps(wanted, ground, memory, isForced, price);
  const outs = new Map(
    steps.flatMap(({ step, verdict }) => (verdict.type === 'hit' ? [[step.id, verdict.trace.outs]] : [])),
  );
  return { steps, selection, graph, isForced, memory, price, known: (id: StepId) => outs.get(id) };
}

/** Each program is asked once in a plan. */
function onceEach(probe: Probe): Probe {
  const answers = new Map<string, Promise<string>>();
  return (argv, env) => {
    const name = JSON.stringify([argv, env]);
    const answer = answers.get(name) ?? probe(argv, env);
    answers.set(name, answer);
    return answer;
  };
}
