/** The steps and what needs what: order, and what lies above or below some of them. */
import { Graph } from '@dagrejs/graphlib';
import { invariant } from '../base/invariant.ts';
import type { StepId } from '../model/case.ts';
import type { Step, StepInput } from '../model/step.ts';

/** The steps an input comes from. */
export function upstreamOf(input: StepInput): readonly StepId[] {
  switch (input.type) {
    case 'source':
      return [];
    case 'gather':
      return input.members.map((member) => member.step);
    default:
      return [input.step];
  }
}

/** The distinct steps that a step needs, in the order of its roles. */
export function needsOf(step: Step): readonly StepId[] {
  const inputs = Object.values(step.inputs);
  if (inputs.length === 1) return [...new Set(upstreamOf(inputs[0] as StepInput))];
  return [...new Set(inputs.flatMap(upstreamOf))];
}

export type StepGraph = Graph<unknown, Step, undefined>;

/** A graph whose edges lead from a step to those that need it. */
export function graphOf(steps: readonly Step[]): StepGraph {
  const graph: StepGraph = new Graph();
  for (const step of steps) graph.setNode(step.id, step);
  for (const step of steps) for (const need of needsOf(step)) graph.setEdge(need, step.id);
  return graph;
}

/** The graph of these steps, made when it is first asked for: a run of everything needs none. */
export function lazyGraph(steps: readonly Step[]): () => StepGraph {
  let graph: StepGraph | undefined;
  return () => (graph ??= graphOf(steps));
}

/** The steps in an order in which each comes after those it needs; otherwise in the order given. */
export function ordered(steps: readonly Step[]): Step[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const missing = new Map<StepId, number>();
  const dependents = new Map<StepId, Step[]>();
  for (const step of steps) {
    const needs = needsOf(step).filter((need) => byId.has(need));
    missing.set(step.id, needs.length);
    for (const need of needs) append(dependents, need, step);
  }
  const result = steps.filter((step) => missing.get(step.id) === 0);
  for (let i = 0; i < result.length; i++) {
    for (const next of dependents.get((result[i] as Step).id) ?? []) {
      const left = (missing.get(next.id) as number) - 1;
      missing.set(next.id, left);
      if (left === 0) result.push(next);
    }
  }
  invariant(
    result.length === steps.length,
    'the steps form a cycle, which the configuration should have refused',
  );
  return result;
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** The given steps and all that they need (`up`) or that need them (`down`). */
export function reach(graph: StepGraph, from: Iterable<StepId>, direction: 'up' | 'down'): Set<StepId> {
  const found = new Set(from);
  for (const id of found) {
    const next = direction === 'up' ? graph.predecessors(id) : graph.successors(id);
    for (const other of next ?? []) found.add(other);
  }
  return found;
}
