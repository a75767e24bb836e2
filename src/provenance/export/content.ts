/** What a bundle tells, as data: the pipeline, its steps with their traces, runs, claims; written to and read from entries. */
import type { Digest } from '../../base/digest.ts';
import type { Judgement } from '../../model/claim.ts';
import { canonicalJson } from '../../model/json.ts';
import type { Case, StepId } from '../../model/case.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import type { Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import type { Trace } from '../../model/trace.ts';

export interface Content {
  /** Of the tool that wrote the bundle. */
  readonly version: string;
  readonly pipeline: Pipeline;
  /** As typed; empty for everything. */
  readonly targets: readonly string[];
  /** In an order in which each comes after those it needs. */
  readonly steps: readonly Step[];
  /** Steps with equal keys share one trace. */
  readonly keys: ReadonlyMap<StepId, Digest>;
  readonly traces: ReadonlyMap<Digest, Trace>;
  /** Those that made the traces, oldest first, as far as the store remembers them. */
  readonly runs: readonly Run[];
  readonly published: readonly Published[];
  readonly judgements: readonly Judgement[];
  readonly citation: Citation;
  /** Inputs that are folders made by no step. */
  readonly folders: readonly Digest[];
  /** Inputs whose bytes the store never held (`pin: false`). */
  readonly absent: readonly Digest[];
}

/** A file that the pipeline publishes. */
export interface Published {
  readonly path: string;
  readonly step: StepId;
  readonly role: string;
  readonly digest: Digest;
}

/** What is told of the work as a whole, from CITATION.cff. */
export interface Citation {
  readonly title: string;
  readonly authors: readonly Author[];
  /** An SPDX identifier. */
  readonly license?: string | undefined;
  readonly doi?: string | undefined;
}

export interface Author {
  readonly name: string;
  /** An address such as https://orcid.org/0000-0001-… */
  readonly orcid?: string | undefined;
}

/** A step as record.json keeps it: its stage stands in the pipeline. */
interface RecordedStep {
  readonly id: StepId;
  readonly stage: string;
  readonly case: Case;
  readonly inputs: Step['inputs'];
  readonly signature: Step['signature'];
  readonly key: Digest;
}

/** record.json: everything but the traces. */
export interface BundleRecord extends Omit<Content, 'steps' | 'keys' | 'traces'> {
  readonly steps: readonly RecordedStep[];
}

export function recordOf(content: Content): BundleRecord {
  const { keys, traces: _, ...rest } = content;
  const steps = content.steps.map(({ id, stage, case: binding, inputs, signature }) => {
    return { id, stage: stage.name, case: binding, inputs, signature, key: keys.get(id) as Digest };
  });
  return { ...rest, steps };
}

/** The same content as a reader will see it: names in the order in which they are written. */
export function asWritten(content: Content): Content {
  const again = <T>(value: T): T => JSON.parse(canonicalJson(value)) as T;
  const traces = [...content.traces].map(([key, trace]) => [key, again(trace)] as const);
  return contentOf(again(recordOf(content)), new Map(traces));
}

/** The content again. Throws TypeError where a step is of a stage that the pipeline does not have. */
export function contentOf(record: BundleRecord, traces: ReadonlyMap<Digest, Trace>): Content {
  const stages = new Map(record.pipeline.stages.map((stage) => [stage.name, stage]));
  const steps = record.steps.map(({ id, stage: name, case: binding, inputs, signature }): Step => {
    const stage = stages.get(name);
    if (stage === undefined) throw new TypeError(`step ${id} is of stage "${name}", which is not there`);
    return { id, stage, case: binding, inputs, signature };
  });
  return { ...record, steps, keys: new Map(record.steps.map(({ id, key }) => [id, key])), traces };
}
