/** `colophon verify`: says of a bundle whether it is whole, who signed it, and whether it comes out again; needs no project. */
import { readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { isBadNews } from '../../model/claim-status.ts';
import { Fault } from '../../model/fault.ts';
import { limits } from '../../provenance/export/format.ts';
import { type Inspection, inspect } from '../../provenance/verify/verify.ts';
import { type ExitCode, exits, worst } from '../exit.ts';
import { trustedKey } from '../keys.ts';
import { wholeNumber } from '../numbers.ts';
import { print, printJson, stdoutStyle } from '../output.ts';
import { version } from '../tool.ts';
import { verdictJson, verdictLines } from '../verify-lines.ts';
import { type Tried, tryOut } from '../verify-site.ts';

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
  /** Undefined where the bundle contradicts itself: then nothing of it is judged or executed. */
  readonly tried: Tried | undefined;
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
  const { bundle } = inspection;
  const tried = bundle && (await tryOut(bundle, { budget, jobs, programs }));
  if (tried?.signal !== undefined) return stopped(tried.signal);
  const verified = { file, size: bytes.length, inspection, tried, wall: Date.now() - started };
  if (flags.json) printJson(verdictJson(verified));
  else print(verdictLines(verified, stdoutStyle()));
  process.exitCode = exitOf(verified);
}

function stopped(signal: 'SIGINT' | 'SIGTERM'): void {
  process.stderr.write('interrupted: nothing is said of the bundle\n');
  process.exitCode = signal === 'SIGINT' ? exits.interrupted : exits.terminated;
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

function exitOf({ inspection, tried }: Verified): ExitCode {
  if (inspection.isForeign) return exits.usage;
  const verdicts = tried?.execution?.repeated.map(({ verdict }) => verdict.type) ?? [];
  const wrong = inspection.findings.length + (tried?.claims.findings.length ?? 0);
  const hasFailed = verdicts.includes('failed') || tried?.claims.judgements.some(isBadNews) === true;
  return worst([
    ...(wrong > 0 || verdicts.includes('differs') ? [exits.bytes] : []),
    ...(hasFailed ? [exits.failed] : []),
  ]);
}
