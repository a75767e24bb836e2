/** A step's page: how it stands and why, what its newest execution read and gave, and what came of it. */
import type { Digest } from '../../base/digest.ts';
import { shortDigest } from '../../base/text.ts';
import { upstreamOf } from '../../engine/graph.ts';
import { formatCase, stageOf } from '../../model/case.ts';
import { canonicalJson } from '../../model/json.ts';
import type { InputDigest } from '../../model/key.ts';
import type { PlannedStep } from '../../model/plan.ts';
import type { Step, StepInput } from '../../model/step.ts';
import type { Store } from '../../model/store.ts';
import type { Trace } from '../../model/trace.ts';
import { bundleSource } from '../../report/bundle-source.ts';
import type { Execution, HistoryRow, InputRow, OutRow, StepPage } from '../common/api.ts';
import { claimRows, publishedBy, stateOf, wordsOf } from './plan.ts';
import type { Look } from './source.ts';

/** Undefined where the pipeline has no such step and the store no record of one. */
export function stepPage(look: Look | undefined, store: Store, id: string): StepPage | undefined {
  const step = look?.seen.allSteps().find((each) => each.id === id);
  const planned = look?.seen.plan.steps.find((each) => each.step.id === id);
  const found = look?.trace(id);
  const history = store.traces.ofStep(id);
  const trace = found?.trace ?? history[0];
  if (step === undefined && trace === undefined) return undefined;
  return {
    id,
    stage: step?.stage.name ?? stageOf(id),
    ...aboutCode(store, step, trace),
    state:
      look === undefined ? undefined : step === undefined ? 'old' : stateOf(planned, trace !== undefined),
    trust: wordsOf(look?.trust(id)),
    reasons: look !== undefined && planned !== undefined ? reasonsOf(look, planned) : [],
    because: trace === undefined ? [] : (look?.because(trace, history) ?? []),
    execution: trace && executionOf(store, trace),
    history: history
      .slice(0, 30)
      .map((each) => historyRow(each, found?.current === true ? trace : undefined)),
    inputs: trace === undefined ? plannedInputs(step) : inputsOf(store, trace, step),
    outs: trace === undefined ? [] : outsOf(look, store, trace, step),
    claims: look === undefined ? [] : claimRows(look, store).filter((claim) => claim.step === id),
    failure: failureOf(store, id, trace),
    conflict: conflictOf(store, id),
  };
}

function reasonsOf(look: Look, planned: PlannedStep): StepPage['reasons'] {
  if (planned.verdict.type !== 'waits') return look.reasons(planned);
  return planned.verdict.on.slice(0, 12).map((on) => ({ type: 'waits', detail: on }));
}

function aboutCode(
  store: Store,
  step: Step | undefined,
  trace: Trace | undefined,
): Pick<StepPage, 'says' | 'made'> {
  const computation = step?.stage.computation;
  const map = trace?.seen['sourceMap'] as Digest | undefined;
  if (computation?.type === 'command') return { says: '', made: 'command' };
  if (map === undefined || !store.artifacts.has(map)) return { says: '', made: computation?.file ?? '' };
  const file = computation?.file ?? '';
  const source = bundleSource(new TextDecoder().decode(store.artifacts.read(map)), file);
  return { says: source.says, made: file };
}

function executionOf(store: Store, trace: Trace): Execution {
  const { key, at, run, attempt, cost, parts, seen, evidence } = trace;
  const { sourceMap, ...rest } = seen;
  const params = { ...parts.case, ...parts.params };
  const map = sourceMap as Digest | undefined;
  return {
    key,
    at,
    run,
    attempt,
    ...cost,
    code: parts.code,
    stream: parts.stream,
    sourceMap: map !== undefined && store.artifacts.has(map) ? map : undefined,
    params: mapValues(params, canonicalJson),
    environment: parts.environment,
    seen: rest,
    evidence: mapValues(evidence, String),
  };
}

function mapValues<T>(
  record: Readonly<Record<string, T>>,
  spell: (value: T) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, spell(value)]));
}

function historyRow({ attempt, run, at, cost, key }: Trace, current: Trace | undefined): HistoryRow {
  return { attempt, run, at, wall: cost.wall, key, current: attempt === current?.attempt };
}

/** What the pipeline says that it will read. */
function plannedInputs(step: Step | undefined): InputRow[] {
  return Object.entries(step?.inputs ?? {}).map(([role, input]) => ({
    role,
    ...(input.type === 'source' ? { path: input.path } : {}),
    from: upstreamOf(input).map((name) => ({ step: name, case: '', digest: '' })),
  }));
}

function inputsOf(store: Store, trace: Trace, step: Step | undefined): InputRow[] {
  return Object.entries(trace.parts.inputs).map(([role, digests]) => {
    const declared = step?.inputs[role];
    if (declared?.type === 'source')
      return { role, path: declared.path, from: [{ case: '', digest: digests as string }] };
    return {
      role,
      from: membersOf(digests).map(([of, digest]) => ({
        case: of,
        digest,
        ...madeBy(store, declared, of, digest),
      })),
    };
  });
}

const membersOf = (input: InputDigest): readonly (readonly [string, Digest])[] =>
  typeof input === 'string' ? [['', input]] : input;

/** The step behind an input: the one that the pipeline names, if it gave these bytes; else any that did. */
function madeBy(
  store: Store,
  declared: StepInput | undefined,
  of: string,
  digest: Digest,
): { readonly step?: string; readonly role?: string } {
  if (declared?.type === 'item') return { step: declared.step, role: declared.role };
  const named = namedFor(declared, of);
  const makers = store.traces.producing(digest);
  const maker = makers.find((each) => each.step === named?.step) ?? makers[0];
  const role = Object.keys(maker?.outs ?? {}).find((name) => maker?.outs[name]?.digest === digest);
  return maker === undefined || role === undefined ? {} : { step: maker.step, role };
}

function namedFor(declared: StepInput | undefined, of: string): { readonly step: string } | undefined {
  if (declared?.type === 'artifact') return declared;
  if (declared?.type !== 'gather') return undefined;
  return declared.members.find((member) => formatCase(member.case) === of);
}

function outsOf(look: Look | undefined, store: Store, trace: Trace, step: Step | undefined): OutRow[] {
  const paths = look === undefined || step === undefined ? [] : publishedBy(look, store, step);
  return Object.entries(trace.outs).map(([role, { digest, size, kind, extension }]) => ({
    role,
    digest,
    size,
    kind,
    extension,
    published: paths.find((each) => each.role === role)?.path,
    usedBy: [...new Set(store.traces.consuming(digest).map((each) => each.step))],
  }));
}

/** A failure since the last success. */
function failureOf(store: Store, id: string, last: Trace | undefined): StepPage['failure'] {
  const [failure] = store.runs.failures(id);
  if (failure === undefined || (last !== undefined && failure.at <= last.at)) return undefined;
  const { attempt, ending, message, at } = failure;
  return { attempt, ending, message, at };
}

function conflictOf(store: Store, id: string): string[] {
  const conflict = store.traces.conflicts().find((each) => each.step === id);
  if (conflict === undefined) return [];
  return [conflict.current, ...conflict.others].map((trace) => {
    const outs = Object.entries(trace.outs).map(([role, { digest }]) => `${role} ${shortDigest(digest)}`);
    return `${trace.attempt}${trace === conflict.current ? ' (current)' : ''}: ${outs.join(', ')}`;
  });
}
