/** Reads targets: `stage`, `stage@k=20`, a published path; `^` behind one takes all below it too. `@` may bind some of the variables, in any order. */
import { listed, suggestion } from '../base/text.ts';
import { type StepId, caseOf, fillPath, formatCase, spelledName, stageOf } from '../model/case.ts';
import { Fault } from '../model/fault.ts';
import type { WaitingStage } from '../model/plan.ts';
import type { Step } from '../model/step.ts';
import { type StepGraph, reach } from './graph.ts';

/** The steps that a target names. Throws Fault `usage` with the nearest name where it names none. */
export function targetSteps(target: string, steps: readonly Step[], graph: StepGraph): StepId[] {
  const below = target.endsWith('^');
  const name = below ? target.slice(0, -1) : target;
  const found = steps.filter(namedBy(name)).map((step) => step.id);
  if (found.length === 0) throw new Fault('usage', nothingText(name, steps));
  return below ? [...reach(graph, found, 'down')] : found;
}

/** Whether a step is meant by a name: its stage's, with all, some or none of its variables, or that of a path it publishes. */
function namedBy(name: string): (step: Step) => boolean {
  const path = name.replace(/^\.\//, '');
  const at = name.indexOf('@');
  const stage = at < 0 ? name : name.slice(0, at);
  const bound = at < 0 ? [] : caseOf(spelledName(name)).split(',');
  return (step) => {
    if (step.stage.name === stage) {
      const pairs = bound.length === 0 ? [] : formatCase(step.case).split(',');
      if (bound.every((pair) => pairs.includes(pair))) return true;
    }
    return Object.values(step.stage.publish).some((template) => fillPath(template, step.case) === path);
  };
}

function nothingText(name: string, steps: readonly Step[]): string {
  const ofStage = steps.filter(({ stage }) => stage.name === stageOf(name));
  if (ofStage.length === 0)
    return `there is no stage, step or published path "${name}".${suggestion(name, candidates(steps))}`;
  const ids = ofStage.map(({ id }) => id);
  return `no step is "${name}"; there ${ids.length === 1 ? 'is' : 'are'} ${listed(ids, 4)}.${suggestion(name, ids)}`;
}

function candidates(steps: readonly Step[]): Set<string> {
  return new Set(
    steps.flatMap((step) => [
      step.stage.name,
      step.id,
      ...Object.values(step.stage.publish).map((path) => fillPath(path, step.case)),
    ]),
  );
}

export interface Selection {
  /** Steps named by the targets; all steps where there are none. */
  readonly named: ReadonlySet<StepId>;
  /** Those and all they need; with `single`, only those. */
  readonly wanted: ReadonlySet<StepId>;
}

/** Throws Fault `usage` for a target that names nothing. The graph is asked for where there are targets. */
export function select(
  targets: readonly string[],
  steps: readonly Step[],
  graph: () => StepGraph,
  waiting: readonly WaitingStage[] = [],
): Selection {
  if (targets.length === 0) {
    const all = new Set(steps.map((step) => step.id));
    return { named: all, wanted: all };
  }
  const named = new Set(
    targets.flatMap((target) => waitedFor(target, waiting) ?? targetSteps(target, steps, graph())),
  );
  return { named, wanted: reach(graph(), named, 'up') };
}

/** A stage whose steps are not known yet stands for the steps that it waits for. */
function waitedFor(target: string, waiting: readonly WaitingStage[]): readonly StepId[] | undefined {
  const stage = target.replace(/[@^].*$/, '');
  return waiting.find((each) => each.stage === stage)?.on;
}
