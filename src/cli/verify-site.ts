/** Where a bundle is tried out: a store in a temporary folder, executors, and how a person can stop it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandExecutor } from '../executors/command.ts';
import { dispatch } from '../executors/dispatch.ts';
import { probe } from '../executors/probe.ts';
import { workerExecutor } from '../executors/worker.ts';
import type { Store } from '../model/store.ts';
import { type Execution, type ExecutionPlan, executeBundle } from '../provenance/verify/execute.ts';
import { type Restored, restore } from '../provenance/verify/restore.ts';
import { type ClaimsVerdict, checkClaims } from '../provenance/verify/retell.ts';
import { agreeBy } from '../../store/compare.ts';
import { openStore } from '../../store/open.ts';
import { onInterrupts } from './interrupts.ts';
import { distFile, machineVersions } from './tool.ts';

type Wanted = Pick<ExecutionPlan, 'budget' | 'jobs' | 'programs'>;

export interface Tried {
  readonly claims: ClaimsVerdict;
  /** Undefined where the claims are not what the bundle says: then nothing was executed. */
  readonly execution: Execution | undefined;
  /** The signal that stopped it: what was found is not all. */
  readonly signal: 'SIGINT' | 'SIGTERM' | undefined;
}

/** Judges the claims and executes what is wanted. Nothing of it stays on the disk. */
export async function tryOut(bundle: Restored, wanted: Wanted): Promise<Tried> {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-verify-'));
  const store = openStore(join(folder, 'store'));
  const interrupts = onInterrupts(() => undefined);
  try {
    await restore(store, bundle);
    const claims = checkClaims(bundle.content, store);
    const execution =
      claims.findings.length > 0
        ? undefined
        : await execute({ folder, store, stop: interrupts.stop }, bundle, wanted);
    return { claims, execution, signal: interrupts.signal() };
  } finally {
    interrupts.release();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Site {
  readonly store: Store;
  readonly folder: string;
  readonly stop: AbortSignal;
}

async function execute(
  { store, folder, stop }: Site,
  { content }: Restored,
  wanted: Wanted,
): Promise<Execution> {
  const places = { entry: distFile('worker.js'), folder, root: folder };
  const executor = dispatch({
    bundle: workerExecutor({ ...places, workers: wanted.jobs, steps: 1 }),
    command: commandExecutor(),
  });
  const site = {
    root: folder,
    store,
    folder: join(folder, 'scratch'),
    executor,
    agree: agreeBy,
    damaged: new Set<never>(),
    environment: {},
    signal: stop,
  };
  try {
    const ground = { probe, versions: machineVersions(), now: Date.now, tell: progress() };
    return await executeBundle(site, content, { ...wanted, ...ground });
  } finally {
    await executor.close();
  }
}

/** On a terminal: a line that counts, and makes room for what is said at the end. */
function progress(): ExecutionPlan['tell'] {
  if (!process.stderr.isTTY) return () => undefined;
  return (done, all) =>
    void process.stderr.write(done === all ? '\r\x1b[K' : `\r\x1b[Kexecuted ${done} of ${all} again\r`);
}
