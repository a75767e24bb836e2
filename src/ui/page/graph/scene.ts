/** The graph as it can be asked: what is under a point, where a step lies, what it rests on and what rests on it. */
import type { Point, StepStatus, UiPlan } from '../../common/api.ts';
import { cellAt, cellSize, cellUnder } from '../../common/cells.ts';
import { dependents, reached } from '../../common/walk.ts';

export type Pick =
  | { readonly type: 'step'; readonly index: number }
  | { readonly type: 'stage'; readonly index: number };

export interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function boundsOf(path: readonly Point[]): Bounds {
  const [xs, ys] = [path.map(({ x }) => x), path.map(({ y }) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

export class Scene {
  readonly plan: UiPlan;
  /** For each stage the indices of its steps, in the order of its cells. */
  readonly members: readonly (readonly number[])[];
  readonly below: readonly (readonly number[])[];
  /** Around each edge, in the plan's order. */
  readonly bounds: readonly Bounds[];
  /** For each step its number in its stage. */
  readonly #places: readonly number[];
  readonly #byName: ReadonlyMap<string, number>;
  /** What the newest run under way says of steps. */
  statuses: ReadonlyMap<string, StepStatus> = new Map();

  constructor(plan: UiPlan) {
    this.plan = plan;
    const members: number[][] = plan.stages.map(() => []);
    this.#places = plan.steps.map(({ stage }, i) => (members[stage]?.push(i) ?? 1) - 1);
    this.members = members;
    this.below = dependents(plan.steps);
    this.bounds = plan.edges.map(({ path }) => boundsOf(path));
    this.#byName = new Map(plan.steps.map(({ id }, i) => [id, i]));
  }

  /** A step or a stage by its name. */
  named(name: string): Pick | undefined {
    const step = this.#byName.get(name);
    if (step !== undefined) return { type: 'step', index: step };
    const stage = this.plan.stages.findIndex((each) => each.name === name);
    return stage < 0 ? undefined : { type: 'stage', index: stage };
  }

  nameOf({ type, index }: Pick): string {
    return (type === 'step' ? this.plan.steps[index]?.id : this.plan.stages[index]?.name) ?? '';
  }

  /** The upper left corner of a step's cell. */
  cornerOf(step: number): { readonly x: number; readonly y: number } {
    const stage = this.plan.stages[this.plan.steps[step]?.stage ?? 0];
    return stage === undefined ? { x: 0, y: 0 } : cellAt(stage, this.#places[step] ?? 0);
  }

  under(x: number, y: number): Pick | undefined {
    const index = this.plan.stages.findIndex(
      (box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height,
    );
    const box = this.plan.stages[index];
    if (box === undefined) return undefined;
    const members = this.members[index] ?? [];
    const cell = cellUnder(box, members.length, x, y);
    const step = cell === undefined ? undefined : members[cell];
    return step === undefined ? { type: 'stage', index } : { type: 'step', index: step };
  }

  /** The picked steps with all above and all below them. */
  lineageOf(pick: Pick): { readonly above: ReadonlySet<number>; readonly under: ReadonlySet<number> } {
    const from = pick.type === 'step' ? [pick.index] : (this.members[pick.index] ?? []);
    return {
      above: reached(from, (i) => this.plan.steps[i]?.needs ?? []),
      under: reached(from, (i) => this.below[i] ?? []),
    };
  }

  /** What holds the pick, to be brought into view. */
  boxOf(pick: Pick): {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  } {
    if (pick.type === 'stage') return this.plan.stages[pick.index] ?? { x: 0, y: 0, width: 1, height: 1 };
    const { x, y } = this.cornerOf(pick.index);
    return { x: x - 8 * cellSize, y: y - 6 * cellSize, width: 17 * cellSize, height: 13 * cellSize };
  }

  /** The next step in a direction: beside it in its stage, or along the first of its needs or of those that need it. */
  beside(step: number, key: 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'): number {
    const members = this.members[this.plan.steps[step]?.stage ?? 0] ?? [];
    const at = members.indexOf(step);
    if (key === 'ArrowLeft') return members[Math.max(0, at - 1)] ?? step;
    if (key === 'ArrowRight') return members[Math.min(members.length - 1, at + 1)] ?? step;
    const next = key === 'ArrowUp' ? this.plan.steps[step]?.needs : this.below[step];
    return next?.[0] ?? step;
  }
}
