/** What changed between two runs: params, code, inputs, artifacts, evidence, claims. */
import type { Digest } from '../base/digest.ts';
import { changes } from '../engine/explain.ts';
import { compareCases, stageOf } from '../model/case.ts';
import type { Judgement } from '../model/claim.ts';
import type { Reason } from '../model/plan.ts';
import type { Store } from '../model/store.ts';
import type { ArtifactReference, Trace } from '../model/trace.ts';
import { type CodeChange, codeChanges } from './code-changes.ts';
import { codeOf } from './code.ts';
import { firstDifference, firstDifferenceInFolder } from './difference.ts';
import { cellsOf } from './find-value.ts';
import type { RunView, StepResult } from './run-view.ts';

export interface RunDiff {
  readonly before: string;
  readonly after: string;
  /** Steps with the same key and the same artifacts. */
  readonly same: number;
  readonly changed: readonly StepDiff[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly claims: readonly ClaimDiff[];
}

export interface StepDiff {
  readonly step: string;
  readonly status: { readonly before: StepResult['status']; readonly after: StepResult['status'] };
  /** What of the key differs; empty where only the results do. */
  readonly reasons: readonly Reason[];
  /** The functions behind a changed code. */
  readonly code: readonly CodeChange[];
  readonly outs: readonly OutDiff[];
  readonly evidence: readonly ValueDiff[];
}

export interface OutDiff {
  readonly role: string;
  readonly before?: Digest | undefined;
  readonly after?: Digest | undefined;
  /** Values that differ, for tables and JSON. */
  readonly cells: readonly ValueDiff[];
  /** Of what has no values, such as a figure or a folder: the first place that differs. */
  readonly first?: string | undefined;
}

export interface ValueDiff {
  readonly name: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

export interface ClaimDiff {
  readonly claim: string;
  readonly before?: Judgement | undefined;
  readonly after?: Judgement | undefined;
}

/** Compares two runs step by step. */
export function diffRuns(store: Store, before: RunView, after: RunView): RunDiff {
  const both = inOrder([...after.steps.values()]).filter(({ step }) => before.steps.has(step));
  const diffs = both.flatMap((now) => diffStep(store, before.steps.get(now.step) as StepResult, now) ?? []);
  return {
    before: before.run.id,
    after: after.run.id,
    same: both.length - diffs.length,
    changed: diffs,
    added: [...after.steps.keys()].filter((step) => !before.steps.has(step)),
    removed: [...before.steps.keys()].filter((step) => !after.steps.has(step)),
    claims: diffClaims(before.judgements, after.judgements),
  };
}

/** Stages as they first ended, the steps of each by case: which step ends first is left to chance. */
function inOrder(steps: readonly StepResult[]): StepResult[] {
  const stages = Map.groupBy(steps, ({ step }) => stageOf(step));
  const byCase = (a: StepResult, b: StepResult) => compareCases(a.trace?.case ?? {}, b.trace?.case ?? {});
  return [...stages.values()].flatMap((members) => members.sort(byCase));
}

function diffStep(store: Store, old: StepResult, now: StepResult): StepDiff | undefined {
  const status = { before: old.status, after: now.status };
  if (old.trace === undefined || now.trace === undefined)
    return old.status === now.status
      ? undefined
      : { step: now.step, status, reasons: [], code: [], outs: [], evidence: [] };
  const reasons = changes(old.trace.parts, now.trace.parts);
  const outs = diffOuts(store, old.trace.outs, now.trace.outs);
  const evidence = diffValues(spelled(old.trace.evidence), spelled(now.trace.evidence));
  if (reasons.length + outs.length + evidence.length === 0) return undefined;
  const isCode = reasons.some(({ type }) => type === 'code');
  return {
    step: now.step,
    status,
    reasons,
    code: isCode ? codeOfBoth(store, old.trace, now.trace) : [],
    outs,
    evidence,
  };
}

/** The functions that differ between the code of two executions; empty where a source map is gone. */
export function codeOfBoth({ artifacts }: Store, old: Trace, now: Trace): CodeChange[] {
  const maps = [old, now].map(({ seen }) => seen['sourceMap'] as Digest | undefined);
  const files = maps.map((map) =>
    map !== undefined && artifacts.has(map)
      ? codeOf(new TextDecoder().decode(artifacts.read(map)))
      : undefined,
  );
  const [before, after] = files;
  return before === undefined || after === undefined ? [] : codeChanges(before, after);
}

type Outs = Readonly<Record<string, ArtifactReference>>;

function diffOuts(store: Store, old: Outs, now: Outs): OutDiff[] {
  const roles = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return roles.flatMap((role) => {
    const [before, after] = [old[role], now[role]];
    if (before?.digest === after?.digest) return [];
    const cells = diffCells(store, before, after);
    const first = cells.length === 0 ? firstPlace(store, before, after) : undefined;
    return [{ role, before: before?.digest, after: after?.digest, cells, first }];
  });
}

/** Undefined where an artifact is gone, large, or of another sort than before. */
function firstPlace(store: Store, before?: ArtifactReference, after?: ArtifactReference): string | undefined {
  if (before === undefined || after === undefined || before.kind !== after.kind) return undefined;
  const [old, now] = [readable(store, before), readable(store, after)];
  if (old === undefined || now === undefined) return undefined;
  const { artifacts } = store;
  return before.kind.startsWith('folder/')
    ? firstDifferenceInFolder(old, now, (digest) =>
        artifacts.has(digest) ? artifacts.read(digest) : undefined,
      )
    : firstDifference(old, now, before.extension);
}

function readable({ artifacts }: Store, { digest, size }: ArtifactReference): Uint8Array | undefined {
  return size <= mostCompared && artifacts.has(digest) ? artifacts.read(digest) : undefined;
}

/** Bytes of an artifact that is still compared value by value. */
const mostCompared = 4_000_000;

function diffCells(store: Store, before?: ArtifactReference, after?: ArtifactReference): ValueDiff[] {
  const [old, now] = [before, after].map((out) => {
    const bytes = out && readable(store, out);
    if (out === undefined || bytes === undefined) return undefined;
    const cells = cellsOf(bytes, out.extension, 'numbered');
    return new Map(cells.map(({ place, text }) => [place, text]));
  });
  return old === undefined || now === undefined ? [] : diffValues(old, now);
}

function diffValues(old: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): ValueDiff[] {
  const names = new Set([...old.keys(), ...now.keys()]);
  return [...names].flatMap((name) => {
    const [before, after] = [old.get(name), now.get(name)];
    return before === after ? [] : [{ name, before, after }];
  });
}

const spelled = (evidence: Trace['evidence']) =>
  new Map(Object.entries(evidence).map(([name, value]) => [name, String(value)]));

function diffClaims(old: readonly Judgement[], now: readonly Judgement[]): ClaimDiff[] {
  const before = new Map(old.map((each) => [each.claim, each]));
  const after = new Map(now.map((each) => [each.claim, each]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((claim) => {
    const [was, is] = [before.get(claim), after.get(claim)];
    return was?.status === is?.status && was?.found === is?.found ? [] : [{ claim, before: was, after: is }];
  });
}
