/** Lists which arcs are followed: components, divisions of blocks, and signs. */
import type { Centre } from './centres.ts';
import type { Component } from './components.ts';
import type { Refinement } from './refinement.ts';

/** The arcs of one component in one divided space. */
export interface Leg {
  /** As in the spectra: `t`, `s`, `x`, `y`, with the block where several have more than one input. */
  readonly irrep: string;
  readonly component: Component;
  readonly refinement: Refinement;
  /** The sizes of the parts of the block that is divided, such as `1+1+6`; empty for t. */
  readonly parts: string;
  /** Whether a permutation of equal parts turns the direction round, so that both signs give one arc. */
  readonly even: boolean;
}

/**
 * The legs of a critical point at an integer d: for each block t; s with the parts 1, 2 and one half against the rest; y with
 * 2 and one half; x with 1+1, 1+2 and thirds; s ⊗ s of two blocks with 1 against the rest.
 */
export function itinerary({ minorities, d }: Pick<Centre, 'minorities' | 'd'>): Leg[] {
  const first = d - minorities.reduce((sum, size) => sum + size, 0);
  const sizes = [first, ...minorities];
  const several = sizes.filter((size) => size > 1).length > 1;
  const divide = (cuts: ReadonlyMap<number, readonly number[]>): Refinement => ({
    minorities,
    parts: sizes.map((size, block) => {
      const cut = cuts.get(block);
      return block === 0 ? (cut ?? []) : cut === undefined ? [size] : [size - sum(cut), ...cut];
    }),
  });
  const legs: Leg[] = [
    { irrep: 't', component: { kind: 't' }, refinement: divide(new Map()), parts: '', even: false },
  ];
  sizes.forEach((size, block) => {
    for (const kind of ['s', 'x', 'y'] as const)
      for (const cut of cutsOf(kind, size, block === 0 ? 2 : 1)) {
        const parts = [...cut, size - sum(cut)];
        const even = kind !== 'y' && new Set(parts).size < parts.length;
        legs.push({
          irrep: several ? `${kind}${block + 1}` : kind,
          component: { kind, block },
          refinement: divide(new Map([[block, cut]])),
          parts: parts.join('+'),
          even,
        });
      }
  });
  sizes.forEach((size, block) => {
    for (let other = block + 1; other < sizes.length; other++) {
      const second = sizes[other] as number;
      if (size < (block === 0 ? 3 : 2) || second < 2) continue;
      const cuts = new Map([
        [block, [1]],
        [other, [1]],
      ]);
      const parts = `1+${size - 1}, 1+${second - 1}`;
      const component = { kind: 'product', block, other } as const;
      const even = size === 2 || second === 2;
      const irrep = `s${block + 1}*s${other + 1}`;
      legs.push({ irrep, component, refinement: divide(cuts), parts, even });
    }
  });
  return legs;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The sizes of all parts but the last and largest one, which is at least `last`: in block 1, two inputs. */
function cutsOf(kind: 's' | 'x' | 'y', size: number, last: number): (readonly number[])[] {
  const half = Math.floor(size / 2);
  const third = Math.floor(size / 3);
  const wanted = {
    s: [[1], [2], [half]],
    y: [[2], [half]],
    x: [
      [1, 1],
      [1, 2],
      [third, third],
    ],
  }[kind];
  const least = { s: 1, y: 2, x: 1 }[kind];
  const largest = (cut: readonly number[]) => size - sum(cut);
  const fits = wanted.filter(
    (cut) =>
      cut.every((part) => part >= least && part <= largest(cut)) && largest(cut) >= Math.max(least, last),
  );
  return fits.filter((cut, at) => fits.findIndex((one) => one.join() === cut.join()) === at);
}
