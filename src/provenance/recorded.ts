/** Makes of a recorded step, from what the store holds of it, what it takes to execute it again. */
import { extname } from 'node:path';
import type { Digest } from '../base/digest.ts';
import { readCommandCode } from '../engine/command-code.ts';
import type { ResolvedInput } from '../engine/decide.ts';
import { type Case, formatCase } from '../model/case.ts';
import { parseManifest } from '../model/folder.ts';
import type { InputDigest } from '../model/key.ts';
import type { StageDeclaration } from '../model/pipeline.ts';
import type { Step, StepInput } from '../model/step.ts';
import type { Store } from '../model/store.ts';
import type { ArtifactReference, Trace } from '../model/trace.ts';

/** A step as its trace tells it, whatever the pipeline file says now. */
interface RecordedStep {
  readonly step: Step;
  readonly inputs: Readonly<Record<string, ResolvedInput>>;
}

/** The inputs of a trace; settings that are not recorded (effects, limits) are those of `step`. */
export function recordedStep(store: Store, step: Step, trace: Trace): RecordedStep {
  const found = Object.entries(trace.parts.inputs).map(([role, input]) => {
    const { declared, resolved } = inputOf(store, step.inputs[role], input);
    return { role, declared, resolved };
  });
  const inputs = Object.fromEntries(found.map(({ role, declared }) => [role, declared]));
  return {
    step: { ...step, stage: recordedStage(store, step, trace), case: trace.case, inputs },
    inputs: Object.fromEntries(found.map(({ role, resolved }) => [role, resolved])),
  };
}

/** Whether what a command was told is known: it is the one of now, or its words were kept. */
export function knowsCommand(store: Store, step: Step, trace: Trace): boolean {
  const { code } = trace.parts;
  return step.signature.code === code || store.artifacts.has(code);
}

/** A command as it was: its words, where it left its outs, its variables. */
export function recordedStage(store: Store, { stage, signature }: Step, { parts }: Trace): StageDeclaration {
  if (stage.computation.type !== 'command' || signature.code === parts.code) return stage;
  const { argv, paths } = readCommandCode(store.artifacts.read(parts.code));
  const outs = Object.entries(paths).map(([role, path]) => {
    const compare = stage.outs[role]?.compare ?? { type: 'bytes' };
    return [role, { path, folder: parts.outs[role]?.startsWith('folder/') === true, compare }] as const;
  });
  const env = Object.entries(parts.environment).flatMap(([name, value]) =>
    name.startsWith('env.') ? [[name.slice('env.'.length), value] as const] : [],
  );
  return {
    ...stage,
    computation: { type: 'command', argv },
    outs: Object.fromEntries(outs),
    env: Object.fromEntries(env),
  };
}

export interface InputFound {
  readonly declared: StepInput;
  readonly resolved: ResolvedInput;
}

/** An input that stays as it was recorded. */
export function inputOf(store: Store, declared: StepInput | undefined, input: InputDigest): InputFound {
  if (typeof input !== 'string') return gatherOf(store, input);
  if (declared?.type === 'source')
    return { declared, resolved: one(store, input, extname(declared.path).slice(1)) };
  if (declared?.type === 'item') return { declared, resolved: one(store, input, 'json') };
  const made = madeBy(store, input, () => true);
  const asArtifact = { type: 'artifact', step: made?.trace.step ?? '', role: made?.role ?? '' } as const;
  return { declared: asArtifact, resolved: one(store, input, made?.reference.extension ?? '') };
}

function one(store: Store, digest: Digest, extension: string): ResolvedInput {
  return { type: 'one', digest, extension, shape: isFolder(store, digest) ? 'folder' : 'file' };
}

/** Whether the bytes are a folder's manifest whose files the store has. */
export function isFolder(store: Store, digest: Digest): boolean {
  const made = madeBy(store, digest, () => true);
  if (made !== undefined) return made.reference.kind.startsWith('folder/');
  try {
    const entries = parseManifest(
      new TextDecoder('utf-8', { fatal: true }).decode(store.artifacts.read(digest)),
    );
    return entries.length > 0 && entries.every((entry) => store.artifacts.has(entry.digest));
  } catch {
    return false;
  }
}

function gatherOf(store: Store, members: Exclude<InputDigest, string>): InputFound {
  const found = members.map(([text, digest]) => {
    const names = text.split(',').map((pair) => pair.split('=', 1)[0] as string);
    const made = madeBy(store, digest, (trace) => formatCase(pick(trace.case, names)) === text);
    const reference = made?.reference ?? { digest, size: 0, kind: '', extension: '' };
    const binding = made === undefined ? {} : pick(made.trace.case, names);
    const declared = { case: binding, step: made?.trace.step ?? '', role: made?.role ?? '' };
    return { declared, resolved: { case: text, reference } };
  });
  return {
    declared: { type: 'gather', members: found.map(({ declared }) => declared) },
    resolved: { type: 'gather', members: found.map(({ resolved }) => resolved) },
  };
}

function pick(binding: Case, names: readonly string[]): Case {
  return Object.fromEntries(Object.entries(binding).filter(([name]) => names.includes(name)));
}

interface Made {
  readonly trace: Trace;
  readonly role: string;
  readonly reference: ArtifactReference;
}

function madeBy(store: Store, digest: Digest, fits: (trace: Trace) => boolean): Made | undefined {
  for (const trace of store.traces.producing(digest)) {
    const out = Object.entries(trace.outs).find(([, reference]) => reference.digest === digest);
    if (out !== undefined && fits(trace)) return { trace, role: out[0], reference: out[1] };
  }
  return undefined;
}
