/** A table of runs: what was asked of each (params, code), what it measured, and how its claims stood. */
import { byCodeUnit } from '../base/canonical.ts';
import { digestOfValue } from '../base/digest.ts';
import { shortDigest } from '../base/text.ts';
import { stageOf } from '../model/case.ts';
import type { Selector } from '../model/claim.ts';
import { canonicalJson } from '../model/json.ts';
import type { Store } from '../model/store.ts';
import type { Trace } from '../model/trace.ts';
import type { RunView } from './run-view.ts';
import { readArtifact, selectIn } from './select.ts';

/** One quantity over the runs of a table; undefined where a run has none. */
export interface Column {
  readonly name: string;
  readonly cells: readonly (string | undefined)[];
}

export interface Experiments {
  readonly runs: readonly RunView[];
  /** `stage.param`. Values that differ from case to case are listed. */
  readonly params: readonly Column[];
  /** `stage`, with the digest of the code of its steps. */
  readonly code: readonly Column[];
  /** What was asked for, then evidence: `step: name`. */
  readonly metrics: readonly Column[];
  /** `0.2974 holds`. */
  readonly claims: readonly Column[];
}

/** A metric that is asked for, such as `scaling.table[family=II].coefficient`. */
export interface MetricAsked {
  readonly name: string;
  readonly selector: Selector;
}

/** What the runs were and gave, each quantity that some run has; nothing is left out. */
export function experimentsOf(
  store: Store,
  runs: readonly RunView[],
  asked: readonly MetricAsked[] = [],
): Experiments {
  const columns = (of: (run: RunView) => Map<string, string>) => columnsOf(runs.map(of));
  return {
    runs,
    params: columns(paramsOf),
    code: columns(codeOf),
    metrics: [
      ...asked.map(({ name, selector }) => ({
        name,
        cells: runs.map((run) => selected(store, run, selector)),
      })),
      ...columns(evidenceOf),
    ],
    claims: columns(
      ({ judgements }) =>
        new Map(judgements.map(({ claim, found, status }) => [claim, `${found ?? ''} ${status}`.trim()])),
    ),
  };
}

/**
 * Tells whether a quantity differs among the runs that were about it: those that have it, and those that had a step of
 * its stage and have it not. A run of other targets says nothing of it. Names begin with the stage.
 */
export function varyingAmong(runs: readonly Pick<RunView, 'steps'>[]): (column: Column) => boolean {
  const stages = runs.map(({ steps }) => new Set([...steps.keys()].map(stageOf)));
  return ({ name, cells }) => {
    const stage = /^[\w-]+/.exec(name)?.[0] ?? '';
    return new Set(cells.filter((cell, i) => cell !== undefined || stages[i]?.has(stage))).size > 1;
  };
}

/** The cells of a column as numbers, as far as they are; a claim's number stands before its status. */
export function numbersOf({ cells }: Column): (number | undefined)[] {
  return cells.map((cell) => {
    const word = cell?.split(' ', 1)[0] ?? '';
    const value = word === '' ? Number.NaN : Number(word);
    return Number.isFinite(value) ? value : undefined;
  });
}

function columnsOf(maps: readonly ReadonlyMap<string, string>[]): Column[] {
  const names = [...new Set(maps.flatMap((map) => [...map.keys()]))].sort(byCodeUnit);
  return names.map((name) => ({ name, cells: maps.map((map) => map.get(name)) }));
}

function tracesOf({ steps }: RunView): Trace[] {
  return [...steps.values()].flatMap(({ trace }) => trace ?? []);
}

function paramsOf(run: RunView): Map<string, string> {
  const values = new Map<string, Set<string>>();
  for (const trace of tracesOf(run))
    for (const [name, value] of Object.entries(trace.parts.params)) {
      if (name in trace.case) continue;
      const of = `${trace.stage}.${name}`;
      values.set(of, (values.get(of) ?? new Set()).add(canonicalJson(value)));
    }
  return new Map([...values].map(([name, found]) => [name, [...found].sort(byCodeUnit).join(' | ')]));
}

function codeOf(run: RunView): Map<string, string> {
  const stages = Map.groupBy(tracesOf(run), ({ stage }) => stage);
  const digest = (traces: readonly Trace[]) => {
    const codes = [...new Set(traces.map(({ parts }) => parts.code))].sort(byCodeUnit);
    return shortDigest(codes.length === 1 ? (codes[0] as string) : digestOfValue(codes));
  };
  return new Map([...stages].map(([stage, traces]) => [stage, digest(traces)]));
}

function evidenceOf(run: RunView): Map<string, string> {
  return new Map(
    tracesOf(run).flatMap(({ step, evidence }) =>
      Object.entries(evidence).map(([name, value]) => [`${step}: ${name}`, String(value)] as const),
    ),
  );
}

/** The value of a selector in a run; undefined where its step or its artifact is not there, or nothing matches. */
function selected(
  { artifacts }: Store,
  { steps }: RunView,
  { step, role, path }: Selector,
): string | undefined {
  const out = steps.get(step)?.trace?.outs[role];
  if (out === undefined || !artifacts.has(out.digest)) return undefined;
  try {
    const found = selectIn(readArtifact(artifacts.read(out.digest), out.extension), path);
    return found.type === 'scalar' ? found.text : undefined;
  } catch {
    return undefined;
  }
}
