/** Certifies that a family is a minimum for every real d of an interval, by nodes so near that a proof joins them. */
import { arithmetic, type Arithmetic, Undecided } from '../checker/arithmetic.ts';
import type { Node, RangeCertificate, Structure } from '../checker/format.ts';
import { type ProvedNode, proveNode, proveSegment } from '../checker/range.ts';
import { Refusal } from '../checker/verdict.ts';
import { criticalPoint } from '../family/critical-point.ts';
import { branchOf, type SpuriousName } from '../family/families.ts';
import { attempted, type Certification, structureOf } from './certify.ts';
import { Unproved } from './claims.ts';

/** Which interval: from a d above the family's threshold on. Its ends are read to four decimal places. */
export interface RangeQuery {
  readonly family: SpuriousName;
  readonly from: number;
  readonly to: number;
}

/** How the interval was parted. */
export interface RangeEvidence {
  readonly segments: number;
  /** The length of the shortest segment. */
  readonly shortest: number;
}

/** Places shown of the entries at a node, and those of d. */
const places = 12;
const unit = 1e-4;

/** Steps at the lower end; a step that is proved is followed by a longer one, one that is not by its half. */
const firstStep = 0.004;
const growth = 1.4;

/**
 * The certificate that the critical points of a family are strict minima for every real d in the interval (for integer
 * d in the whole space, for others in all blocks of the Hessian). The checker's own proof of each segment decides how
 * long it may be. `undecided` where a step of 1e-4 is too long, as it is next to a threshold.
 */
export function certifyRange({
  family,
  from,
  to,
}: RangeQuery): Certification<RangeCertificate, RangeEvidence> {
  return attempted(() => {
    const a = arithmetic(64 + 5 * places);
    const structure = structureOf(branchOf(family));
    const nodes = [nodeAt(family, from)];
    let proved = proveNode(a, family, structure, nodes[0] as Node);
    let [d, step, shortest] = [rounded(from), firstStep, Infinity];
    while (d < rounded(to)) {
      const next = Math.min(rounded(d + step), rounded(to));
      const node = nodeAt(family, next);
      const reached = next > d ? tried(a, family, structure, proved, node) : undefined;
      if (reached === undefined) {
        step /= 2;
        if (step < unit) throw new Unproved(`the signs beyond d = ${d}`);
        continue;
      }
      shortest = Math.min(shortest, next - d);
      nodes.push(node);
      [proved, d, step] = [reached, next, growth * step];
    }
    const certificate: RangeCertificate = { claim: 'minimum over a range', family, structure, nodes };
    return { status: 'certified', certificate, evidence: { segments: nodes.length - 1, shortest } };
  });
}

function tried(
  a: Arithmetic,
  family: string,
  structure: Structure,
  from: ProvedNode,
  node: Node,
): ProvedNode | undefined {
  try {
    const proved = proveNode(a, family, structure, node);
    proveSegment(a, structure, from, proved);
    return proved;
  } catch (error) {
    if (error instanceof Undecided || error instanceof Refusal) return undefined;
    throw error;
  }
}

function nodeAt(family: SpuriousName, at: number): Node {
  const d = rounded(at);
  const entries = criticalPoint({ family, d }).entries.map(({ name, value }) => [
    name,
    value.toFixed(places),
  ]);
  return { d: d.toFixed(4), entries: Object.fromEntries(entries) as Node['entries'] };
}

function rounded(d: number): number {
  return Math.round(d / unit) / Math.round(1 / unit);
}
