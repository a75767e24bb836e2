/** `colophon verify`: says of a bundle whether it is whole, who signed it, and whether it comes out again; needs no project. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../../model/fault.ts';
import { commandExecutor } from '../../executors/command.ts';
import { dispatch } from '../../executors/dispatch.ts';
import { probe } from '../../executors/probe.ts';
import { workerExecutor } from '../../executors/worker.ts';
import type { Store } from '../../model/store.ts';
import { limits } from '../../provenance/export/format.ts';
import { type Execution, executeBundle } from '../../provenance/verify/execute.ts';
import { type Restored, restore } from '../../provenance/verify/restore.ts';
import { type ClaimsVerdict, checkClaims } from '../../provenance/verify/retell.ts';
import { type Inspection, inspect } from '../../provenance/verify/verify.ts';
import { agreeBy } from '../../../store/compare.ts';
import { openStore } from '../../../store/open.ts';
import { type ExitCode, exits, worst } from '../exit.ts';
import { trustedKey } from '../keys.ts';
import { wholeNumber } from '../numbers.ts';
import { print, printJson, stdoutStyle } from '../output.ts';
import { distFile, machineVersions, version } from '../tool.ts';
import { verdictJson, verdictLines } from '../verify-lines.ts';

export interface VerifyFlags {
  readonly key?: string | undefined;
  readonly execute?: string | undefined;
  readonly programs?: boolean;
  readonly jobs?: string | undefined;
  readonly json?: boolean;
}

export interface Verified {
  readonly file: string;
  readonly size: number;
  readonly inspection: Inspection;
  /** Undefined where the bundle is not sound. */
  readonly claims: ClaimsVerdict | undefined;
  readonly execution: Execution | undefined;
  /** Milliseconds. */
  readonly wall: number;
}

/** Sets exit code 3 for anything that is not what it should be, 1 for claims or steps that fail, 2 for what is no bundle. */
export async function verifyCommand(file: string, flags: VerifyFlags): Promise<void> {
  const started = Date.now();
  const key = trustedKey(flags.key);
  const budget = readBudget(flags.execute);
  const jobs = wholeNumber('--jobs', flags.jobs, 1) ?? availableParallelism();
  const bytes = readBundle(file);
  const inspection = inspect(bytes, { key, version });
  const programs = flags.programs ?? inspection.signer.type === 'trusted';
  const { claims, execution } =
    inspection.bundle === undefined
      ? { claims: undefined, execution: undefined }
      : await inStore(inspection.bundle, async (site) => {
          const claims = checkClaims(inspection.bundle!.content, site.store);
          const isSound = claims.findings.length === 0;
          return {
            claims,
            execution: isSound
              ? await execute(site, inspection.bundle!, { budget, jobs, programs })
              : undefined,
          };
        });
  const verified: Verified = {
    file,
    size: bytes.length,
    inspection,
    claims,
    execution,
    wall: Date.now() - started,
  };
  if (flags.json) printJson(verdictJson(verified));
  else print(verdictLines(verified, stdoutStyle()));
  process.exitCode = exitOf(verified);
}

function readBundle(file: string): Uint8Array {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) throw new Fault('usage', `there is no file ${file}`);
  if (!stat.isFile())
    throw new Fault('usage', `${file} is no file; give the zip itself, not what was unpacked from it`);
  if (stat.size > limits.file)
    throw new Fault(
      'usage',
      `${file} has ${(stat.size / 1e9).toFixed(1)} GB, and bundles have at most ${limits.file / 1e9} GB`,
    );
  return readFileSync(file);
}

/** What a verification executes where nothing else is asked for (ms). */
const usualBudget = 20_000;

function readBudget(text: string | undefined): number {
  if (text === undefined) return usualBudget;
  if (text === 'all') return Infinity;
  if (text === 'none') return 0;
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(s|m|h)$/.exec(text) ?? [];
  if (amount === undefined)
    throw new Fault('usage', `--execute takes all, none, or a time such as 90s, 5m or 1h, found "${text}"`);
  return Number(amount) * { s: 1000, m: 60_000, h: 3_600_000 }[unit as 's' | 'm' | 'h'];
}

interface Site {
  readonly store: Store;
  readonly folder: string;
}

/** A store in a folder of its own, filled with the bundle; nothing of it stays. */
async function inStore<T>(bundle: Restored, use: (site: Site) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-verify-'));
  const store = openStore(join(folder, 'store'));
  try {
    await restore(store, bundle);
    return await use({ store, folder });
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Wanted {
  readonly budget: number;
  readonly jobs: number;
  readonly programs: boolean;
}

async function execute({ store, folder }: Site, { content }: Restored, wanted: Wanted): Promise<Execution> {
  const places = { entry: distFile('worker.js'), folder, root: folder };
  const executor = dispatch({
    bundle: workerExecutor({ ...places, workers: wanted.jobs, steps: 1 }),
    command: commandExecutor(),
  });
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  try {
    const site = {
      root: folder,
      store,
      folder,
      executor,
      agree: agreeBy,
      damaged: new Set<never>(),
      environment: {},
      signal: stop.signal,
    };
    const execution = await executeBundle(site, content, { ...wanted, probe, versions: machineVersions() });
    if (stop.signal.aborted)
      throw new Fault('usage', 'the verification was interrupted; nothing is said of it');
    return execution;
  } finally {
    process.off('SIGINT', interrupt);
    await executor.close();
  }
}

function exitOf({ inspection, claims, execution }: Verified): ExitCode {
  if (inspection.isForeign) return exits.usage;
  const verdicts = execution?.repeated.map(({ verdict }) => verdict.type) ?? [];
  const hasOther =
    inspection.findings.length + (claims?.findings.length ?? 0) > 0 || verdicts.includes('differs');
  const hasFailed =
    verdicts.includes('failed') ||
    claims?.judgements.some(({ status }) => status === 'fails' || status === 'broken') === true;
  return worst([...(hasOther ? [exits.bytes] : []), ...(hasFailed ? [exits.failed] : [])]);
}
