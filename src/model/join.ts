/** The join of a dep on the matrix variables that two stages share, and the gather of those only the dep has. */
import { listed } from '../base/text.ts';
import { type Case, agree, formatCase } from './case.ts';
import { type AwaitedItems, type StageCases, pick } from './unroll.ts';

export type Joined =
  /** The one upstream case: the dep has no variable that this stage has not. */
  | { readonly type: 'one'; readonly case: Case }
  /** All upstream cases that agree, sorted by the gathered variables. There may be none where a list has no items. */
  | { readonly type: 'gather'; readonly members: readonly JoinedMember[] }
  /** The upstream stage has no case with these values of the shared variables. */
  | { readonly type: 'missing'; readonly shared: Case }
  /** Which upstream cases there are is not known yet. */
  | { readonly type: 'waits'; readonly on: readonly AwaitedItems[] };

interface JoinedMember {
  /** Binds only the gathered variables. */
  readonly case: Case;
  /** The whole case of the upstream step. */
  readonly upstream: Case;
}

/**
 * How a dep on a stage with the cases `upstream` is joined by a stage whose matrix variables are `variables`: a
 * function from a case of the latter to what it takes. Made once for a dep, it looks each case up in constant time.
 */
export function joinDep(upstream: StageCases, variables: readonly string[]): (binding: Case) => Joined {
  const shared = upstream.variables.filter((name) => variables.includes(name));
  const gathered = upstream.variables.filter((name) => !variables.includes(name));
  const matching = groupBy(upstream.cases, shared);
  const couldMatch = groupBy(upstream.bases, shared);
  return (binding) => {
    const key = pick(binding, shared);
    const cases = matching.get(formatCase(key)) ?? [];
    const on = upstream.awaits.filter((items) => agree(items.case, key));
    if (on.length > 0 && (gathered.length > 0 || cases.length === 0)) return { type: 'waits', on };
    if (gathered.length === 0)
      return cases[0] === undefined ? { type: 'missing', shared: key } : { type: 'one', case: cases[0] };
    // No items in a list is a gather of none; but a value that the upstream stage never had is a mistake.
    const isEmptyList =
      gathered.some((name) => upstream.dynamic.includes(name)) && couldMatch.has(formatCase(key));
    if (cases.length === 0 && !isEmptyList) return { type: 'missing', shared: key };
    return { type: 'gather', members: cases.map((each) => ({ case: pick(each, gathered), upstream: each })) };
  };
}

/** The cases by what they bind these variables to, each group in the order given. */
function groupBy(cases: readonly Case[], names: readonly string[]): Map<string, Case[]> {
  return Map.groupBy(cases, (each) => formatCase(pick(each, names)));
}

/** `"polish.points" for k=10 and k=12, but "polish" has no such cases: it has k=6 and k=8.`, to continue `needs `. */
export function describeMissing(artifact: string, missing: readonly Case[], upstream: StageCases): string {
  const names = Object.keys(missing[0] ?? {});
  const has = [...groupBy(upstream.cases, names).keys()];
  const stage = artifact.slice(0, artifact.indexOf('.'));
  const wanted = missing.map(formatCase);
  const found = has.length === 0 ? 'it has none' : `it has ${listed(has)}`;
  return `"${artifact}" for ${listed(wanted)}, but "${stage}" has no such case${wanted.length === 1 ? '' : 's'}: ${found}.`;
}
