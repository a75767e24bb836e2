/** Makes the order that an executor is handed: the code at a path, params, and every input's content. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Digest } from '../base/digest.ts';
import { invariant } from '../base/invariant.ts';
import { writeWhole } from '../disk/write.ts';
import type { Case } from '../model/case.ts';
import type { CommandPart, Content, Input, OneInput, Order, Work } from '../model/executor.ts';
import type { Json } from '../model/json.ts';
import type { KeyParts } from '../model/key.ts';
import type { ArgumentPart } from '../model/pipeline.ts';
import type { Step, StepInput } from '../model/step.ts';
import type { ArtifactShelf, Store } from '../model/store.ts';
import { type ResolvedInput, asOne } from './decide.ts';

interface OrderParts {
  readonly attempt: string;
  readonly step: Step;
  readonly parts: KeyParts;
  readonly inputs: Readonly<Record<string, ResolvedInput>>;
  /** Digest of the bundle's source map, for a TypeScript stage. */
  readonly sourceMap?: Digest | undefined;
  readonly folder: string;
}

export interface Workshop {
  readonly root: string;
  readonly store: Store;
  /** Where inputs are taken from. */
  readonly contents: Pick<ArtifactShelf, 'content' | 'folder'>;
  /** Where bundles are laid out as files for workers to load. */
  readonly bundles: string;
  /** The files that are known to be there, where many orders come from one shop. */
  readonly laidOut?: Set<string>;
}

/** The order of one attempt. Throws Fault `store` where an input's bytes are gone. */
export function orderOf(shop: Workshop, made: OrderParts): Order {
  const { step, parts, attempt, folder } = made;
  const { timeout, resources } = step.stage;
  return {
    attempt,
    step: step.id,
    work: workOf(shop, made),
    params: parts.params,
    case: parts.case,
    inputs: mapInputs(made, (role, input) => contentOf(shop, step.inputs[role] as StepInput, input)),
    stream: parts.stream,
    effects: step.stage.effects,
    limits: { timeout, memory: resources.memory },
    folder,
  };
}

function workOf(shop: Workshop, made: OrderParts): Work {
  const { computation } = made.step.stage;
  if (computation.type === 'command') return commandWork(made.step, made.parts, computation.argv);
  const { code } = made.parts;
  const path = layOut(shop, code, `${code}.mjs`);
  const sourceMap = made.sourceMap && layOut(shop, made.sourceMap, `${code}.mjs.map`);
  return { type: 'bundle', digest: code, path, sourceMap };
}

/** Puts an artifact's bytes under a name for others to load; done once. */
function layOut(shop: Workshop, digest: Digest, name: string): string {
  const path = join(shop.bundles, name);
  if (shop.laidOut?.has(path) === true) return path;
  if (!existsSync(path)) writeWhole(path, shop.store.artifacts.read(digest));
  shop.laidOut?.add(path);
  return path;
}

function commandWork(step: Step, parts: KeyParts, argv: readonly (readonly ArgumentPart[])[]): Work {
  const sources = Object.entries(step.inputs).flatMap(([role, input]) =>
    input.type === 'source' ? [[role, input.path] as const] : [],
  );
  const outs = Object.entries(step.stage.outs).map(
    ([role, out]) => [role, { ...out, path: out.path ?? role }] as const,
  );
  return {
    type: 'command',
    argv: argv.map((argument) => argument.map((part) => fill(part, parts.params, step.case))),
    sources: Object.fromEntries(sources),
    outs: Object.fromEntries(outs),
    env: step.stage.env,
  };
}

function fill(part: ArgumentPart, params: Readonly<Record<string, Json>>, binding: Case): CommandPart {
  if (part.type === 'param') return { type: 'text', text: spellParam(params[part.name]) };
  if (part.type !== 'variable') return part;
  const value = binding[part.name];
  invariant(value !== undefined, `variable ${part.name} is not bound`);
  return { type: 'text', text: String(value) };
}

function spellParam(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

function mapInputs<T>(made: OrderParts, make: (role: string, input: ResolvedInput) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(made.inputs).map(([role, input]) => [role, make(role, input)]));
}

function contentOf(shop: Workshop, declared: StepInput, input: ResolvedInput): Input {
  if (input.type === 'one') return oneContent(shop, declared, input);
  invariant(declared.type === 'gather', 'a gather is declared as one');
  const members = input.members.map(({ reference }, i) => {
    return { case: declared.members[i]?.case ?? {}, input: oneContent(shop, declared, asOne(reference)) };
  });
  return { type: 'gather', members };
}

type One = Omit<Extract<ResolvedInput, { type: 'one' }>, 'type'>;

function oneContent(shop: Workshop, declared: StepInput, input: One): OneInput {
  const { digest, extension } = input;
  if (input.shape === 'folder')
    return { type: 'folder', digest, entries: input.entries ?? shop.contents.folder(digest) };
  const unpinned = declared.type === 'source' && !declared.pin;
  const content: Content = unpinned
    ? { type: 'file', path: join(shop.root, declared.path) }
    : shop.contents.content(digest);
  return { type: 'one', digest, extension, content };
}
