/** Random pipelines by seed, what each step of them should give by plain recursion, and random changes to them. */
import { digestOf, digestOfValue } from '../../../src/base/digest.ts';
import { type RandomStream, randomStream } from '../../../src/base/random.ts';
import { type Case, formatCase, stepId } from '../../../src/model/case.ts';
import type { Json } from '../../../src/model/json.ts';
import type { DepDeclaration, MatrixVariable, Pipeline } from '../../../src/model/pipeline.ts';
import { type InputText, commandNamed, pipelineOf } from './bench.ts';

/** A stage: what it computes is a digest of all it is given, modulo `modulus`, so that changes often stop at it. */
export interface Node {
  name: string;
  code: number;
  modulus: number;
  param: number;
  /** Values of the variable k; no matrix where absent. The first stage with k lists them for all. */
  hasMatrix: boolean;
  /** Role to the index of an earlier node, or the path of a source. */
  deps: Record<string, number | string>;
}

export interface Graph {
  nodes: Node[];
  values: number[];
  files: Record<string, string>;
}

export function randomGraph(seed: number): { graph: Graph; stream: RandomStream } {
  const stream = randomStream(digestOf(`pipeline ${seed}`));
  const below = (n: number) => Math.floor(stream.uniform() * n);
  const files = Object.fromEntries(['a.txt', 'b.txt', 'c.txt'].map((path) => [path, String(below(1000))]));
  const nodes = Array.from({ length: 1 + below(9) }, (_, i): Node => {
    const deps: Node['deps'] = {};
    for (let role = 0; role < below(4); role++)
      deps[`r${role}`] =
        i > 0 && stream.uniform() < 0.75 ? below(i) : (['a.txt', 'b.txt', 'c.txt'][below(3)] as string);
    return {
      name: `s${i}`,
      code: below(1000),
      modulus: stream.uniform() < 0.4 ? 2 : 1_000_000,
      param: below(5),
      hasMatrix: stream.uniform() < 0.4,
      deps,
    };
  });
  return { graph: { nodes, values: [1, 2, 3].slice(0, 1 + below(3)), files }, stream };
}

export function pipelineOfGraph(graph: Graph): Pipeline {
  const owner = graph.nodes.find(({ hasMatrix }) => hasMatrix);
  const stages = graph.nodes.map((node) => {
    const values: MatrixVariable =
      node === owner ? { type: 'values', values: graph.values } : { type: 'same', stage: owner?.name ?? '' };
    const deps = Object.entries(node.deps).map(([role, dep]): [string, DepDeclaration] => [
      role,
      typeof dep === 'string'
        ? { type: 'source', path: dep, pin: true, exclude: [] }
        : { type: 'artifact', stage: graph.nodes[dep]?.name ?? '', role: 'out' },
    ]);
    return commandNamed(node.name, `${node.code} ${node.modulus}`, {
      params: { p: node.param },
      matrix: node.hasMatrix ? { k: values } : {},
      deps: Object.fromEntries(deps),
    });
  });
  return pipelineOf(stages);
}

type Inputs = Readonly<Record<string, InputText>>;

/** The text of the out of a step of such a pipeline. */
export function computeNode(
  code: string,
  params: Readonly<Record<string, Json>>,
  binding: Case,
  inputs: Inputs,
): string {
  const modulus = Number(code.split(' ')[1]);
  const sum = Number.parseInt(digestOfValue([code, params, binding, inputs]).slice(0, 12), 16);
  return String(sum % modulus);
}

export interface Expected {
  /** All that decides the step's out. */
  readonly identity: string;
  readonly text: string;
}

/** What every step should give, by going back from each to what it needs. */
export function expectedOf(graph: Graph): Map<string, Expected> {
  const known = new Map<string, Expected>();
  const casesOf = (node: Node): Case[] => (node.hasMatrix ? graph.values.map((k) => ({ k })) : [{}]);
  const inputOf = (node: Node, binding: Case, dep: number | string): InputText => {
    if (typeof dep === 'string') return graph.files[dep] as string;
    const upstream = graph.nodes[dep] as Node;
    if (!upstream.hasMatrix) return give(upstream, {}).text;
    if (node.hasMatrix) return give(upstream, binding).text;
    return [...graph.values]
      .sort((a, b) => a - b)
      .map((k) => [JSON.stringify({ k }), give(upstream, { k }).text] as const);
  };
  const give = (node: Node, binding: Case): Expected => {
    const id = stepId(node.name, binding);
    const before = known.get(id);
    if (before !== undefined) return before;
    const inputs = Object.fromEntries(
      Object.entries(node.deps).map(([role, dep]) => [role, inputOf(node, binding, dep)]),
    );
    const code = `${node.code} ${node.modulus}`;
    const text = computeNode(code, { p: node.param }, binding, inputs);
    const expected = {
      identity: JSON.stringify([code, node.param, formatCase(binding), sortedEntries(inputs)]),
      text,
    };
    known.set(id, expected);
    return expected;
  };
  for (const node of graph.nodes) for (const binding of casesOf(node)) give(node, binding);
  return known;
}

const sortedEntries = (map: object) => Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));

/** Changes something at random, and says what. */
export function change(graph: Graph, stream: RandomStream): string {
  const below = (n: number) => Math.floor(stream.uniform() * n);
  const node = graph.nodes[below(graph.nodes.length)] as Node;
  const roles = Object.keys(node.deps);
  const [first, second] = roles;
  switch (below(8)) {
    case 0:
      node.param += 1;
      return `param of ${node.name}`;
    case 1:
      node.code += 1000;
      return `code of ${node.name}`;
    case 2: {
      const path = Object.keys(graph.files)[below(3)] as string;
      graph.files[path] = String(below(1000));
      return `file ${path}`;
    }
    case 3:
      if (first === undefined || second === undefined) return 'nothing';
      [node.deps[first], node.deps[second]] = [node.deps[second] as number, node.deps[first] as number];
      return `two inputs of ${node.name} swapped`;
    case 4:
      graph.values = graph.values.includes(9) ? graph.values.filter((k) => k !== 9) : [9, ...graph.values];
      return 'the matrix';
    case 5:
      node.name = `${node.name}x`;
      return `name of ${node.name}`;
    case 6:
      if (first !== undefined) delete node.deps[first];
      return `an input of ${node.name} removed`;
    default:
      return 'nothing';
  }
}
