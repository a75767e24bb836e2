/** Finds stages that need each other in a circle. */
import { byCodeUnit } from '../../base/canonical.ts';
import { listed } from '../../base/text.ts';
import type { Origin } from '../../model/origin.ts';
import type { StageDeclaration } from '../../model/pipeline.ts';
import { complain, type Context, type StageText } from '../context.ts';

/** What makes a stage need another: a dep, or a variable over the items of what the other makes. */
interface Need {
  readonly stage: string;
  readonly at: readonly [field: string, name: string];
}

/** Notes each circle at the dep that leads from its first stage (by name) to the next. */
export function checkCircles(
  context: Context,
  texts: ReadonlyMap<string, StageText>,
  stages: readonly StageDeclaration[],
  origin: (stage: string, variable: string) => Origin,
): void {
  const needs = new Map(stages.map((stage) => [stage.name, needsOf(stage, origin)]));
  for (const circle of circlesIn(needs)) {
    const [first, second = first] = circle as [string, string?];
    const steps = circle.map((stage, index) => `"${stage}" needs "${circle[index + 1] ?? first}"`);
    const message =
      circle.length === 1
        ? `stage "${first}" needs itself.`
        : `the stages need each other in a circle: ${listed(steps)}. Remove one of these deps.`;
    for (const stage of circle) context.problems.brokenStages.add(stage);
    const need = needs.get(first)?.find((each) => each.stage === second);
    complain(context, texts.get(first) as StageText, need?.at ?? [], message);
  }
}

function needsOf(stage: StageDeclaration, origin: (stage: string, variable: string) => Origin): Need[] {
  const needs: Need[] = [];
  for (const role of Object.keys(stage.deps).sort(byCodeUnit)) {
    const dep = stage.deps[role];
    if (dep?.type === 'artifact') needs.push({ stage: dep.stage, at: ['deps', role] });
  }
  for (const variable of Object.keys(stage.matrix).sort(byCodeUnit)) {
    const from = origin(stage.name, variable);
    if (from.type === 'items') needs.push({ stage: from.stage, at: ['matrix', variable] });
  }
  return needs;
}

/** One circle for each way back that a search in depth meets, each starting at its first name. */
function circlesIn(needs: ReadonlyMap<string, readonly Need[]>): string[][] {
  const circles = new Map<string, string[]>();
  const done = new Set<string>();
  for (const start of [...needs.keys()].sort(byCodeUnit)) {
    // The way from the start to here, each stage with how many of its needs were followed: no call goes deeper.
    const way = [{ stage: start, next: 0 }];
    const onWay = new Set([start]);
    while (way.length > 0) {
      const here = way.at(-1) as { stage: string; next: number };
      const need = done.has(here.stage) ? undefined : needs.get(here.stage)?.[here.next++]?.stage;
      if (need === undefined) {
        done.add(here.stage);
        onWay.delete(here.stage);
        way.pop();
      } else if (onWay.has(need)) {
        const circle = fromSmallest(
          way.slice(way.findIndex((each) => each.stage === need)).map((each) => each.stage),
        );
        circles.set(circle.join(' '), circle);
      } else if (!done.has(need)) {
        way.push({ stage: need, next: 0 });
        onWay.add(need);
      }
    }
  }
  return [...circles.values()];
}

function fromSmallest(circle: readonly string[]): string[] {
  const first = circle.indexOf(circle.toSorted(byCodeUnit)[0] as string);
  return [...circle.slice(first), ...circle.slice(0, first)];
}
