/** Proves that a branch consists of minima over a whole interval of real d, piece by piece. */
import { type Arithmetic, centre, type Enclosure } from './arithmetic.ts';
import { exactly } from './decimal.ts';
import type { Node, RangeCertificate, Structure } from './format.ts';
import { frameOf, irrepsOf } from './frames.ts';
import { provedZero } from './krawczyk.ts';
import { spaceOf, systemOf } from './model.ts';
import { irrepName } from './names.ts';
import {
  type CurveEquations,
  hessianOver,
  isDefiniteOver,
  provedTube,
  type Tube,
  unknownsAt,
} from './tube.ts';
import { demand } from './verdict.ts';

/** A node with what is proved of it: the only critical point in its box lies in `image`. */
export interface ProvedNode {
  readonly d: Enclosure;
  readonly entries: readonly Enclosure[];
  readonly image: readonly Enclosure[];
}

/** Proves a range anew. Throws Refusal or Undecided. */
export function proveRange(a: Arithmetic, { family, structure, nodes }: RangeCertificate): void {
  demand(nodes.length > 1, 'a range has two ends');
  const proved = nodes.map((node) => proveNode(a, family, structure, node));
  proved.slice(1).forEach((node, i) => proveSegment(a, structure, proved[i] as ProvedNode, node));
}

/** Proves that a critical point has the entries shown. Throws Refusal or Undecided. */
export function proveNode(a: Arithmetic, family: string, structure: Structure, node: Node): ProvedNode {
  const d = exactly(a, node.d);
  const { equations, box } = systemOf(a, { family, structure, entries: node.entries }, d);
  return { d: centre(d), entries: box.map(centre), image: provedZero(equations, box) };
}

/**
 * Proves that the critical points of two nodes are joined by a curve over d on which every block of the Hessian is
 * positive definite. Throws Refusal or Undecided.
 */
export function proveSegment(a: Arithmetic, structure: Structure, from: ProvedNode, to: ProvedNode): void {
  demand(from.d.hi < to.d.lo, 'the nodes ascend in d');
  const equations = equationsOver(a, structure, from);
  const { tube, within } = provedTube(equations, chord(a, from, to));
  for (const node of [from, to]) {
    const around = unknownsAt(a, within, node.d);
    const isInside = node.image.every((value, i) => contains(around[i] as Enclosure, value));
    demand(isInside, 'the nodes lie on the curve between them');
  }
  const space = equations.spaceAt(a, unknownsAt(a, tube, tube.range), tube.range);
  for (const irrep of irrepsOf(a, space)) {
    const isDefinite = isDefiniteOver(equations, tube, frameOf(a, space, irrep));
    demand(isDefinite, `component ${irrepName(space, irrep)} is positive definite`);
  }
}

function equationsOver(a: Arithmetic, structure: Structure, { d, entries }: ProvedNode): CurveEquations {
  const spaceAt: CurveEquations['spaceAt'] = (arithmetic, values, at) =>
    spaceOf(arithmetic, structure, at, values);
  const frame = frameOf(a, spaceAt(a, entries, d), { kind: 't', of: [] });
  const equations: CurveEquations = {
    a,
    frame,
    spaceAt,
    derivative: (tube) => hessianOver(equations, tube, frame),
  };
  return equations;
}

/** The straight line between two nodes. */
function chord(a: Arithmetic, from: ProvedNode, to: ProvedNode): Omit<Tube, 'radius'> {
  const two = a.times(2, a.one);
  const half = (x: Enclosure, y: Enclosure) => centre(a.div(a.add(x, y), two));
  const range = { lo: from.d.lo, hi: to.d.hi };
  const length = a.sub(to.d, from.d);
  return {
    at: half(from.d, to.d),
    range,
    middle: from.entries.map((value, i) => half(value, to.entries[i] as Enclosure)),
    tangent: from.entries.map((value, i) => centre(a.div(a.sub(to.entries[i] as Enclosure, value), length))),
  };
}

function contains(outer: Enclosure, inner: Enclosure): boolean {
  return outer.lo < inner.lo && inner.hi < outer.hi;
}
