/** The kinds of artifact that the stages about tangency arcs hand to each other. */
import { jsonKind, type Kind } from '../src/model/kind.ts';
import type { TracedArc } from '../src/science/arcs/arcs-from.ts';
import type { Rung } from '../src/science/arcs/tables.ts';

export const tracedArcs: Kind<readonly TracedArc[]> =
  /* @__PURE__ */ jsonKind<readonly TracedArc[]>('tangency-arcs');
export const rungList: Kind<readonly Rung[]> = /* @__PURE__ */ jsonKind<readonly Rung[]>('rungs');
