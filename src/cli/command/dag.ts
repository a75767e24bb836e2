/** `colophon dag`: the graph of stages or steps, as text, Graphviz, Mermaid or JSON. */
import { counted, listed } from '../../base/text.ts';
import { needsOf } from '../../engine/graph.ts';
import { stageOf } from '../../model/case.ts';
import type { PlannedStep } from '../../model/plan.ts';
import { print, printJson, stdoutStyle } from '../output.ts';
import { withPlan } from '../reading.ts';
import type { ProjectFlags } from '../site.ts';
import type { Style } from '../view/style.ts';

export interface DagFlags extends ProjectFlags {
  readonly dot?: boolean;
  readonly mermaid?: boolean;
  /** Every step by itself, not collapsed into its stage. */
  readonly steps?: boolean;
  readonly json?: boolean;
}

interface Node {
  readonly name: string;
  readonly needs: readonly string[];
  readonly steps: number;
  readonly hits: number;
}

export async function dagCommand(targets: readonly string[], flags: DagFlags): Promise<void> {
  await withPlan(flags, targets, ({ seen }) => {
    const waiting = seen.plan.waiting.map(({ stage, on }) => waitingNode(stage, on));
    const nodes = [...nodesOf(seen.plan.steps, flags.steps ?? false), ...waiting];
    if (flags.json) printJson(nodes);
    else if (flags.dot) print(dotLines(nodes));
    else print(flags.mermaid ? mermaidLines(nodes) : textLines(nodes, stdoutStyle()));
  });
}

/** A stage whose cases are still to come. */
const waitingNode = (stage: string, on: readonly string[]): Node => ({
  name: stage,
  needs: [...new Set(on.map(stageOf))],
  steps: 0,
  hits: 0,
});

function nodesOf(planned: readonly PlannedStep[], single: boolean): Node[] {
  const nameOf = single ? (id: string) => id : stageOf;
  const groups = Map.groupBy(planned, ({ step }) => nameOf(step.id));
  return [...groups].map(([name, members]) => ({
    name,
    needs: [...new Set(members.flatMap(({ step }) => needsOf(step).map(nameOf)))],
    steps: members.length,
    hits: members.filter(({ verdict }) => verdict.type === 'hit').length,
  }));
}

function dotLines(nodes: readonly Node[]): string[] {
  const quote = (text: string) => JSON.stringify(text);
  const label = ({ name, steps }: Node) => (steps > 1 ? `${name}\n${counted(steps, 'step')}` : name);
  return [
    'digraph pipeline {',
    '  rankdir=LR; node [shape=box, style=rounded, fontname="sans-serif"];',
    ...nodes.map((node) => `  ${quote(node.name)} [label=${quote(label(node))}];`),
    ...nodes.flatMap(({ name, needs }) => needs.map((need) => `  ${quote(need)} -> ${quote(name)};`)),
    '}',
  ];
}

function mermaidLines(nodes: readonly Node[]): string[] {
  const id = new Map(nodes.map(({ name }, i) => [name, `n${i}`]));
  const label = ({ name, steps }: Node) => `${name}${steps > 1 ? `<br/>${counted(steps, 'step')}` : ''}`;
  return [
    'flowchart LR',
    ...nodes.map((node) => `  ${id.get(node.name)}["${label(node)}"]`),
    ...nodes.flatMap(({ name, needs }) => needs.map((need) => `  ${id.get(need)} --> ${id.get(name)}`)),
  ];
}

/** One line a node, in order, indented by the longest way from a source, with what it needs. */
function textLines(nodes: readonly Node[], style: Style): string[] {
  const depth = new Map<string, number>();
  for (const { name, needs } of nodes)
    depth.set(name, Math.max(0, ...needs.map((need) => (depth.get(need) ?? 0) + 1)));
  return nodes.map(({ name, needs, steps, hits }) => {
    const mark = steps === 0 ? style.warn('…') : hits === steps ? style.good('✓') : style.accent('▸');
    const count =
      steps === 1 ? '' : style.dim(steps === 0 ? '  steps to come' : `  ${counted(steps, 'step')}`);
    const from = needs.length === 0 ? '' : style.dim(`  ← ${listed(needs, 6)}`);
    return `${'  '.repeat(depth.get(name) ?? 0)}${mark} ${name}${count}${from}`;
  });
}
