/** Reads what a bundle records, and finds where it contradicts itself: keys, inputs, code, artifacts. */
import { type Digest, digestOfValue, isDigest } from '../../base/digest.ts';
import { listed, shortDigest } from '../../base/text.ts';
import type { InputDigests } from '../../model/plan.ts';
import { changes, partsOf } from '../../engine/explain.ts';
import { itemDigest } from '../../engine/items.ts';
import { commandCode } from '../../engine/command-code.ts';
import { formatCase } from '../../model/case.ts';
import { type InputDigest, keyOf } from '../../model/key.ts';
import type { Step, StepInput } from '../../model/step.ts';
import type { Trace } from '../../model/trace.ts';
import { type BundleRecord, type Content, contentOf } from '../export/content.ts';
import { names, tracePath } from '../export/format.ts';
import { type Holding, holdingsOf } from '../export/holdings.ts';
import type { Finding } from './finding.ts';
import { shapeProblem } from './shape.ts';

type Entries = ReadonlyMap<string, Uint8Array>;

interface ReadRecord {
  /** Undefined where record.json cannot be read. */
  readonly content: Content | undefined;
  readonly holdings: ReadonlyMap<string, Holding> | undefined;
  readonly findings: readonly Finding[];
}

const about = (where: string, message: string): Finding => ({ check: 'record', where, message });

/** Never throws for what the entries hold. */
export function readRecord(entries: Entries): ReadRecord {
  try {
    const record = parse(entries, names.record) as BundleRecord;
    const traces = tracesOf(entries, record);
    const content = contentOf(record, traces);
    const problem = shapeProblem(content);
    if (problem !== undefined) throw new TypeError(problem);
    const holdings = holdingsOf(content, (digest) => bytesOf(entries, digest));
    const findings = [
      ...removedTraces(content),
      ...strangers(entries, content, holdings),
      ...content.steps.flatMap((step) => stepFindings(entries, content, holdings, step)),
    ];
    return { content, holdings, findings };
  } catch (error) {
    const message = `it cannot be read: ${(error as Error).message}`;
    return { content: undefined, holdings: undefined, findings: [about(names.record, message)] };
  }
}

function parse(entries: Entries, path: string): unknown {
  const bytes = entries.get(path);
  if (bytes === undefined) throw new TypeError(`${path} is not there`);
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
}

function tracesOf(entries: Entries, { steps }: BundleRecord): Map<Digest, Trace> {
  const keys = [...new Set(steps.map(({ key }) => key))].filter((key) => isDigest(key));
  return new Map(
    keys.flatMap((key) =>
      entries.has(tracePath(key)) ? [[key, parse(entries, tracePath(key)) as Trace] as const] : [],
    ),
  );
}

/** An artifact of the bundle, whatever its extension. Throws TypeError where it is not there. */
function bytesOf(entries: Entries, digest: Digest): Uint8Array {
  const found = entries.get(`artifacts/${digest}.folder`);
  if (found === undefined) throw new TypeError(`the folder ${digest} is not there`);
  return found;
}

function removedTraces({ steps, keys, traces }: Content): Finding[] {
  return steps.flatMap(({ id }) => {
    const key = keys.get(id) as Digest;
    if (traces.has(key)) return [];
    return [about(id, `the record of its execution, ${tracePath(key)}, was removed`)];
  });
}

/** Artifacts, code and traces that no step accounts for, and those of a step that are not there. */
function strangers(entries: Entries, content: Content, holdings: ReadonlyMap<string, Holding>): Finding[] {
  const known = new Set([
    ...[...holdings.values()].map(({ path }) => path),
    ...[...content.traces.keys()].map(tracePath),
  ]);
  const extra = [...entries.keys()].filter(
    (path) => /^(?:artifacts|code|traces)\//.test(path) && !known.has(path),
  );
  const absent = [...holdings.values()].filter(({ path }) => !entries.has(path));
  return [
    ...extra.map((path) => about(path, 'no step of the record accounts for it')),
    ...absent.map(({ path, as }) => about(path, `it is missing: ${as}`)),
  ];
}

function stepFindings(
  entries: Entries,
  content: Content,
  holdings: ReadonlyMap<string, Holding>,
  step: Step,
): Finding[] {
  const trace = content.traces.get(content.keys.get(step.id) as Digest);
  if (trace === undefined) return [];
  const own = keyOf(trace.parts);
  if (own !== trace.key || trace.key !== content.keys.get(step.id))
    return [
      about(
        step.id,
        `its record was changed: the parts of its key give ${shortDigest(own)}, recorded is ${shortDigest(trace.key)}`,
      ),
    ];
  return [...codeFindings(step), ...planFindings(entries, content, holdings, step, trace)];
}

function codeFindings({ id, stage, signature }: Step): Finding[] {
  if (stage.computation.type !== 'command') return [];
  const code = digestOfValue(commandCode(stage, stage.computation));
  return code === signature.code ? [] : [about(id, 'its command is not the one that was recorded')];
}

/** The key again, from the pipeline, the params and what the steps before it made. */
function planFindings(
  entries: Entries,
  content: Content,
  holdings: ReadonlyMap<string, Holding>,
  step: Step,
  trace: Trace,
): Finding[] {
  const inputs: Record<string, InputDigest> = {};
  const findings: Finding[] = [];
  for (const [role, input] of Object.entries(step.inputs)) {
    const recorded = trace.parts.inputs[role];
    const made = madeBefore(entries, content, holdings, input);
    if (typeof made === 'object' && 'missing' in made)
      findings.push(about(step.id, `its input ${role} is ${made.missing}`));
    else inputs[role] = made ?? recorded ?? [];
  }
  if (findings.length > 0) return findings;
  const parts = partsOf(step, inputs as InputDigests, trace.parts.environment, content.pipeline.seed);
  if (keyOf(parts) === trace.key) return [];
  const told = changes(trace.parts, parts).map(({ detail }) => detail);
  return [about(step.id, `its execution is not one of the recorded pipeline: ${listed(told, 3)}`)];
}

interface Missing {
  readonly missing: string;
}

/** What an input must be by the records of the steps that it comes from; undefined for a file of the project. */
function madeBefore(
  entries: Entries,
  content: Content,
  holdings: ReadonlyMap<string, Holding>,
  input: StepInput,
): InputDigest | Missing | undefined {
  const outOf = (step: string, role: string): Digest | Missing => {
    const trace = content.traces.get(content.keys.get(step) as Digest);
    if (trace === undefined) return { missing: `made by ${step}, whose record was removed` };
    return (
      trace.outs[role]?.digest ?? { missing: `the out ${role} of ${step}, which its record does not have` }
    );
  };
  switch (input.type) {
    case 'source':
      return undefined;
    case 'artifact':
      return outOf(input.step, input.role);
    case 'item': {
      const list = outOf(input.step, input.role);
      if (typeof list === 'object') return list;
      const bytes = entries.get(holdings.get(list)?.path ?? '');
      return bytes === undefined
        ? { missing: `an item of ${input.step}.${input.role}, which is not there` }
        : itemDigest(bytes, input.field, input.id);
    }
    case 'gather': {
      const found = input.members.map(
        (member) => [formatCase(member.case), outOf(member.step, member.role)] as const,
      );
      const lost = found.map(([, made]) => made).find((made) => typeof made === 'object');
      return lost ?? (found as [string, Digest][]);
    }
  }
}
