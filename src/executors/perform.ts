/** Executes one order inside a worker: reads the inputs, calls the bundle, and answers with bytes or a failure. */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { Content, Input, OneInput } from '../model/executor.ts';
import type { CallInput } from '../model/stage-runtime.ts';
import type { Cost, Evidence } from '../model/trace.ts';
import type { Execute } from './load.ts';
import type { Failure, WorkerOrder, WorkerResult } from './protocol.ts';
import { ImpureError } from './purity.ts';

interface Performer {
  readonly load: (digest: string, path: string) => Promise<Execute>;
  /** Globals that were removed: missing one of them is an impurity, not a typing error. */
  readonly removed: ReadonlySet<string>;
  /** Resolves after the event loop has turned, giving an error that nobody waited for, if there was one. */
  readonly strayError: () => Promise<unknown>;
}

/** What a step came to, short of what it left behind. */
type Performed =
  | Omit<Extract<WorkerResult, { type: 'done' }>, 'spoiled'>
  | Omit<Extract<WorkerResult, { type: 'failed' }>, 'spoiled'>;

/** Never rejects: what goes wrong is told. */
export async function perform(performer: Performer, order: WorkerOrder): Promise<Performed> {
  const cost = startCost();
  try {
    const evidence: Record<string, Evidence[string]> = {};
    const execute = await performer.load(order.digest, order.path);
    const { params, case: binding, stream } = order;
    const outs = await execute({
      params,
      case: binding,
      stream,
      inputs: readInputs(order.inputs),
      evidence: reporter(evidence),
    });
    const stray = await performer.strayError();
    if (stray !== undefined) throw stray;
    return { type: 'done', outs, evidence, cost: cost() };
  } catch (error) {
    return { type: 'failed', failure: describeFailure(error, performer.removed), cost: cost() };
  }
}

/** What the process holds, asked of the system (which takes longer than a tiny step) at most every 20 ms. */
const held = { bytes: 0, at: -Infinity };

function heldNow(): number {
  const now = Number(process.hrtime.bigint()) / 1e6;
  if (now - held.at > 20) Object.assign(held, { bytes: process.memoryUsage.rss(), at: now });
  return held.bytes;
}

/** The peak is exact where this step raised the process's; else what the process holds now stands for it. */
function startCost(): () => Cost {
  const wall = process.hrtime();
  const before = process.resourceUsage();
  return () => {
    const after = process.resourceUsage();
    const [seconds, nanoseconds] = process.hrtime(wall);
    const cpu = after.userCPUTime + after.systemCPUTime - before.userCPUTime - before.systemCPUTime;
    const memory = after.maxRSS > before.maxRSS ? 1024 * after.maxRSS : heldNow();
    return { wall: 1000 * seconds + nanoseconds / 1e6, cpu: cpu / 1000, memory };
  };
}

function reporter(evidence: Record<string, Evidence[string]>) {
  return (name: string, value: number | string | boolean): void => {
    const plain = Number.isFinite(value) || typeof value === 'string' || typeof value === 'boolean';
    if (!plain)
      throw new TypeError(
        `evidence "${name}" is ${String(value)}, not a finite number, a word or a truth value`,
      );
    evidence[name] = value;
  };
}

function readInputs(inputs: Readonly<Record<string, Input>>): Record<string, CallInput> {
  return Object.fromEntries(Object.entries(inputs).map(([role, input]) => [role, readInput(role, input)]));
}

function readInput(role: string, input: Input): CallInput {
  if (input.type === 'gather') {
    const members = input.members.map((member) => ({ case: member.case, bytes: oneOf(role, member.input) }));
    return { type: 'gather', members };
  }
  if (input.type === 'one') return { type: 'one', bytes: readContent(input.content) };
  const entries = input.entries.map(({ path, executable, content }) => ({
    path,
    executable,
    bytes: readContent(content),
  }));
  return { type: 'folder', entries };
}

function oneOf(role: string, input: OneInput): Uint8Array {
  if (input.type === 'one') return readContent(input.content);
  throw new TypeError(`dep "${role}" gathers folders, which only a command stage can take`);
}

/** Bytes of their own: a view into a message would show its neighbours, and be aligned by chance. */
function readContent(content: Content): Uint8Array {
  const bytes = content.type === 'bytes' ? content.bytes : readFileSync(content.path);
  const alone = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return alone ? new Uint8Array(bytes.buffer) : Uint8Array.from(bytes);
}

/** The failure that an error stands for; a cause that is an impurity is what counts. */
export function describeFailure(error: unknown, removed: ReadonlySet<string>): Failure {
  const impurity = impurityOf(error, removed);
  if (impurity !== undefined) return impurity;
  if (!(error instanceof Error))
    return { ending: 'error', message: `threw ${describeThrown(error)}`, stack: '' };
  const stack = stackOf(error);
  if (error.name === 'OutsError') return { ending: 'outs', message: error.message, stack };
  if (error instanceof RangeError && error.message === 'Array buffer allocation failed')
    return { ending: 'memory', message: 'there was no memory for an array buffer', stack };
  return {
    ending: 'error',
    message: error.name === 'Error' ? error.message : `${error.name}: ${error.message}`,
    stack,
  };
}

function impurityOf(error: unknown, removed: ReadonlySet<string>): Failure | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 10; at = at.cause, depth++) {
    const missing = at instanceof ReferenceError ? /^(\S+) is not defined$/.exec(at.message)?.[1] : undefined;
    const what =
      at instanceof ImpureError
        ? at.message
        : missing !== undefined && removed.has(missing)
          ? missing
          : undefined;
    if (what !== undefined) return { ending: 'impure', message: what, stack: stackOf(at) };
  }
  return undefined;
}

function describeThrown(value: unknown): string {
  if (value !== null && (typeof value === 'object' || typeof value === 'function'))
    return 'an object that is no Error';
  return String(value as string | number | undefined);
}

/** A stage may have given its error a getter that throws. */
function stackOf(error: Error): string {
  try {
    return String(error.stack);
  } catch {
    return '';
  }
}
