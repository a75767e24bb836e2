/** What a drawing is of: where from it is seen, in which colours, and what stands out. */
import type { Camera, Size } from '../../common/camera.ts';
import type { Palette } from './palette.ts';
import type { Pick, Scene } from './scene.ts';

export type Paper = CanvasRenderingContext2D;

export interface Sight {
  readonly camera: Camera;
  readonly screen: Size;
  readonly palette: Palette;
  readonly chosen: Pick | undefined;
  readonly hovered: Pick | undefined;
  /** Steps and what they rest on or carry are strong, all others faint; undefined where all are alike. */
  readonly strong: { readonly above: ReadonlySet<number>; readonly under: ReadonlySet<number> } | undefined;
  /** Steps that a search found. */
  readonly matches: ReadonlySet<number> | undefined;
}

/** Whether the step stands out, or all are alike. */
export function isStrong({ strong }: Sight, step: number): boolean {
  return strong === undefined || strong.above.has(step) || strong.under.has(step);
}

/** Pixels: cells that would be smaller are drawn as one block. */
export const finestCell = 2.2;

/** What a run under way says goes before what the plan says. */
export function colourOf({ plan, statuses }: Scene, palette: Palette, index: number): string {
  const step = plan.steps[index];
  const status = statuses.get(step?.id ?? '');
  if (status === 'running') return palette['live-fill'];
  if (status === 'failed') return palette['bad-fill'];
  if (status === 'hit' || status === 'executed') return palette['good-fill'];
  if (status === 'skipped') return palette['open-fill'];
  return { current: palette['good-fill'], old: palette['open-fill'], new: palette.cell, waits: palette.cell }[
    step?.state ?? 'new'
  ];
}
