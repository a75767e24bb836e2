/** The program of a worker process: sets up the guard, then executes one order after the other. */
import process from 'node:process';
import { freezeIntrinsics, resetErrors } from './freeze.ts';
import { bundleLoader } from './load.ts';
import { perform } from './perform.ts';
import type { WorkerOrder, WorkerReply, WorkerSetup } from './protocol.ts';
import { restrict } from './purity.ts';
import { recordingConsole } from './worker-console.ts';

const setup = JSON.parse(process.argv[2] as string) as WorkerSetup;
const send = (reply: WorkerReply): void => void process.send?.(reply);
const { setImmediate } = globalThis;

const stray: unknown[] = [];
process.on('disconnect', () => process.exit());

const load = bundleLoader(setup);
const log = recordingConsole((stream, text) => send({ type: 'log', stream, text }));
Object.defineProperty(globalThis, 'console', { value: log, configurable: true });
const removed = restrict(globalThis, setup.effects);
const isSpoiled = freezeIntrinsics(globalThis);

/** A floating promise that rejected, or a callback that threw, is known once the event loop has turned. */
const strayError = (): Promise<unknown> => new Promise((resolve) => setImmediate(() => resolve(stray[0])));

/** What a stage with effects left running: timers, sockets, child processes. */
const resources = (): string => process.getActiveResourcesInfo().sort().join();

async function handle(order: WorkerOrder): Promise<void> {
  const before = setup.effects.length > 0 ? resources() : '';
  // An error that came between two steps is not this one's.
  const late = stray.splice(0).length > 0;
  resetErrors();
  const performed = await perform({ load, removed, strayError }, order);
  const running = setup.effects.length > 0 && resources() !== before;
  send({ ...performed, spoiled: late || running || stray.length > 0 || isSpoiled() });
}

process.on('unhandledRejection', (reason) => stray.push(reason));
process.on('uncaughtException', (error) => stray.push(error));
process.on('message', (order: WorkerOrder) => void handle(order));
send({ type: 'ready' });
