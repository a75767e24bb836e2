/** The engine on a bench: a store in memory, a folder for sources, an executor that computes in this process. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Context } from '../../../src/engine/context.ts';
import { type RunRequest, type RunResult, run } from '../../../src/engine/run.ts';
import { newWitness } from '../../../src/engine/witness.ts';
import type { RunEvent } from '../../../src/model/event.ts';
import type { Executor, Input, OneInput, Order, Outcome } from '../../../src/model/executor.ts';
import type { Pipeline, StageDeclaration } from '../../../src/model/pipeline.ts';
import type { LocalStore } from '../../../store/local.ts';
import { memoryStore } from '../../../store/memory/store.ts';
import { stageNamed } from '../../support/steps.ts';

/** A pipeline of these stages, in the order of their names. */
export function pipelineOf(stages: readonly StageDeclaration[], settings: Partial<Pipeline> = {}): Pipeline {
  const sorted = [...stages].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    name: 'bench',
    seed: 0,
    profile: 'default',
    publishes: true,
    stages: sorted,
    claims: [],
    ...settings,
  };
}

/** A command stage whose one argument is its code; its out `out` is a JSON file unless told otherwise. */
export function commandNamed(
  name: string,
  code: string,
  settings: Partial<StageDeclaration> = {},
): StageDeclaration {
  return stageNamed(name, {
    computation: { type: 'command', argv: [[{ type: 'text', text: code }]] },
    outs: { out: { path: 'out.json', folder: false, compare: { type: 'bytes' } } },
    ...settings,
  });
}

/** The text of an input: of a gather, by case. */
export type InputText = string | readonly (readonly [string, string])[];

/** What a stage of the bench computes: its code, params, case and the text of its inputs in, the text of its out. */
export type Compute = (code: string, order: Order, inputs: Readonly<Record<string, InputText>>) => string;

export interface Bench {
  readonly root: string;
  readonly store: LocalStore;
  /** Steps in the order in which they were executed, over all runs. */
  readonly executed: string[];
  readonly events: RunEvent[];
  readonly context: () => Context;
  readonly write: (files: Readonly<Record<string, string>>) => void;
  readonly run: (pipeline: Pipeline, settings?: Partial<RunRequest>) => Promise<RunResult>;
  /** The text of a step's out after a run. */
  readonly outOf: (result: RunResult, step: string) => string;
  readonly remove: () => void;
}

export interface BenchOptions {
  readonly compute?: Compute;
  /** Stands for the executor altogether. */
  readonly execute?: Executor['execute'];
  /** Awaited before each execution: where and how long it takes. */
  readonly pause?: (order: Order) => Promise<void>;
  readonly store?: LocalStore;
  readonly root?: string;
}

export function bench(options: BenchOptions = {}): Bench {
  const root = options.root ?? realpathSync(mkdtempSync(join(tmpdir(), 'bench-')));
  const store = options.store ?? memoryStore();
  const executed: string[] = [];
  const events: RunEvent[] = [];
  const context = (): Context => ({
    root,
    store,
    tool: { version: '0', runtime: join(root, 'runtime.js'), alias: {}, zod: '', nodePaths: [] },
    now: Date.now,
    witness: newWitness(),
  });
  const executor: Executor = {
    execute: async (order, signal) => {
      await options.pause?.(order);
      executed.push(order.step);
      if (options.execute !== undefined) return options.execute(order, signal);
      return doneWith(compute(order, options.compute ?? plain));
    },
    close: async () => undefined,
  };
  return {
    root,
    store,
    executed,
    events,
    context,
    write: (files) => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
    },
    run: async (pipeline, settings = {}) => {
      const id = `run-${store.runs.list().length + 1}`;
      const start = {
        id,
        at: 0,
        pipeline: pipeline.name,
        profile: pipeline.profile,
        command: [],
        targets: [],
        machine: {},
      };
      await store.runs.start(start);
      const never = new AbortController().signal;
      return run({
        context: context(),
        pipeline,
        start,
        executor,
        targets: [],
        force: false,
        jobs: 2,
        keepGoing: false,
        restore: false,
        probe: async (argv) => argv.join(' '),
        versions: { node: '24' },
        stop: never,
        kill: never,
        listen: (event) => events.push(event),
        delay: () => 0,
        ...settings,
      });
    },
    outOf: (result, step) => {
      const digest = result.tally.done.get(step)?.outs['out']?.digest;
      if (digest === undefined) throw new Error(`${step} is not done`);
      return new TextDecoder().decode(store.artifacts.read(digest));
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** An execution that went well, with this text as its out. */
export function doneWith(text: string): Outcome {
  const bytes = new TextEncoder().encode(text);
  return {
    type: 'done',
    outs: { out: { type: 'bytes', bytes } },
    evidence: {},
    cost: { wall: 1, cpu: 1, memory: 1 },
    seen: {},
    warnings: [],
  };
}

const plain: Compute = (code, _, inputs) => `${code}(${JSON.stringify(inputs)})`;

function compute(order: Order, by: Compute): string {
  if (order.work.type !== 'command') throw new Error('the bench executes commands only');
  const code = order.work.argv
    .map((parts) => parts.map((part) => (part.type === 'text' ? part.text : '')).join(''))
    .join(' ');
  const inputs = Object.fromEntries(
    Object.entries(order.inputs).map(([role, input]) => [role, textOf(input)]),
  );
  return by(code, order, inputs);
}

function textOf(input: Input): InputText {
  if (input.type !== 'gather') return textOfOne(input);
  return input.members.map((member) => [JSON.stringify(member.case), textOfOne(member.input)] as const);
}

function textOfOne(input: OneInput): string {
  if (input.type === 'folder') return input.entries.map(({ path, digest }) => `${path} ${digest}`).join('\n');
  const { content } = input;
  if (content.type === 'file') throw new Error('a store in memory gives bytes');
  return new TextDecoder().decode(content.bytes);
}
