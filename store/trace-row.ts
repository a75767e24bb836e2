/** Traces as rows: what is asked for often in columns, the rest as JSON that is parsed when it is looked at. */
import type { Digest } from '../src/base/digest.ts';
import type { Case } from '../src/model/case.ts';
import { canonicalJson } from '../src/model/json.ts';
import type { InputDigest, KeyParts } from '../src/model/key.ts';
import type { ArtifactReference, Evidence, Trace } from '../src/model/trace.ts';

/** The columns of a trace in the order of {@link traceColumns}. */
export type TraceRow = readonly [
  id: number,
  key: string,
  standing: Standing,
  step: string,
  stage: string,
  run: string,
  attempt: string,
  at: number,
  wall: number,
  cpu: number,
  memory: number,
  outs: string,
  detail: string,
];

/** `current` is served; a `rival` disagrees with it; `past` ones gave way; `torn` ones are never served. */
export type Standing = 'current' | 'rival' | 'past' | 'torn';

const names = 'id key standing step stage run attempt at wall cpu memory outs detail'.split(' ');
/** For a SELECT from `trace AS t`. */
export const traceColumns = names.map((name) => `t.${name}`).join(', ');

interface Detail {
  readonly case: Case;
  readonly parts: KeyParts;
  readonly evidence: Evidence;
  readonly seen: Readonly<Record<string, string>>;
}

/**
 * The trace in a row. Plans look at thousands of traces and at the details of few, so these are own, enumerable
 * properties that parse their text on first use: copying, comparing and JSON see them like any other.
 */
export function traceOf(row: TraceRow): Trace {
  const [, key, standing, step, stage, run, attempt, at, wall, cpu, memory, outs, text] = row;
  let parsed: Detail | undefined;
  const detail = (): Detail => (parsed ??= JSON.parse(text) as Detail);
  return {
    key: key as Digest,
    get parts() {
      return detail().parts;
    },
    step,
    stage,
    get case() {
      return detail().case;
    },
    outs: JSON.parse(outs) as Record<string, ArtifactReference>,
    get evidence() {
      return detail().evidence;
    },
    cost: { wall, cpu, memory },
    run,
    attempt,
    get seen() {
      return detail().seen;
    },
    at,
    torn: standing === 'torn',
  };
}

/**
 * What is written for a trace whose id is not known yet; its JSON texts are canonical, so that -0 and the order of names
 * survive. Throws JsonError, with the place, for a number that JSON cannot hold.
 */
export function rowOf(trace: Trace): TraceRow {
  const { key, step, stage, run, attempt, at, cost, torn } = trace;
  const { parts, evidence, seen, case: binding } = trace;
  const outs = canonicalJson(trace.outs);
  const detail = canonicalJson({ case: binding, evidence, parts, seen });
  const { wall, cpu, memory } = cost;
  return [0, key, torn ? 'torn' : 'current', step, stage, run, attempt, at, wall, cpu, memory, outs, detail];
}

/** The digests of all artifacts that the inputs name, each once. */
export function inputDigests(inputs: Readonly<Record<string, InputDigest>>): Set<Digest> {
  const all = Object.values(inputs).flatMap((input) =>
    typeof input === 'string' ? [input] : input.map(([, digest]) => digest),
  );
  return new Set(all);
}
