/** All that is known before a run: the stages, the steps as far as they are known, and the plan. */
import type { Digest } from '../base/digest.ts';
import type { StepId } from '../model/case.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { Plan, PlannedStep, WaitingStage } from '../model/plan.ts';
import type { Step } from '../model/step.ts';
import type { Context } from './context.ts';
import type { Ground, Known, Probe } from './decide.ts';
import { type Expansion, expand } from './expand.ts';
import { type StepGraph, graphOf, ordered } from './graph.ts';
import { itemsOf } from './items.ts';
import type { Memory } from './explain.ts';
import { type Price, memoryOf, planSteps, pricesFrom } from './plan.ts';
import { type Prepared, prepare, refuse } from './prepare.ts';
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
  readonly graph: StepGraph;
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
  refuse(prepared.problems);
  const items = itemsOf(context.store);
  const ground: Ground = {
    seed: pipeline.seed,
    sources: sources(context, options.pin ?? false),
    items,
    probe: onceEach((argv, env) => {
      context.witness.doubt('a program was asked');
      return options.probe(argv, env);
    }),
    versions: options.versions,
  };
  let expansion = await expansionOf(prepared, () => undefined, items.ids);
  let planned: Planned;
  for (;;) {
    planned = await planExpansion(context, expansion, ground, options);
    if (expansion.waiting.length === 0) break;
    const next = await expansionOf(prepared, planned.known, items.ids);
    if (next.steps.length === expansion.steps.length) break;
    expansion = next;
  }
  const { selection, isForced, graph, steps, price, memory } = planned;
  let current = expansion;
  return {
    prepared,
    plan: { steps, waiting: current.waiting },
    ground,
    graph,
    selection,
    isForced,
    price,
    memory,
    sourceMap: (step) => prepared.stages.get(step.stage.name)?.closure?.sourceMap,
    allSteps: () => current.steps,
    waiting: () => current.waiting,
    expand: async (step, known) => {
      if (!current.waiting.some(({ on }) => on.includes(step.id))) return [];
      const before = new Set(current.steps.map(({ id }) => id));
      current = await expansionOf(prepared, known, items.ids);
      const wanted = select(options.targets, current.steps, graphOf(current.steps)).wanted;
      return ordered(current.steps).filter(({ id }) => !before.has(id) && wanted.has(id));
    },
    keepItems: async (step, known) => {
      for (const input of Object.values(step.inputs)) {
        const list = input.type === 'item' ? known(input.step)?.[input.role]?.digest : undefined;
        if (input.type === 'item' && list !== undefined) await items.keep(list, input.field, input.id);
      }
    },
  };
}

type Ids = Parameters<typeof expand>[1];

async function expansionOf(
  prepared: Prepared,
  known: Known,
  ids: ReturnType<typeof itemsOf>['ids'],
): Promise<Expansion> {
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
  readonly graph: StepGraph;
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
  const graph = graphOf(expansion.steps);
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
