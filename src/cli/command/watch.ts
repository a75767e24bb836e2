/** `colophon watch`: brings the targets up to date whenever something they rest on changes, and shows claims that flip. */
import { dirname, relative } from 'node:path';
import { counted, listed } from '../../base/text.ts';
import { statOf } from '../../engine/stat.ts';
import type { Judgement } from '../../model/claim.ts';
import { Fault } from '../../model/fault.ts';
import { exits } from '../exit.ts';
import { type Interrupts, onInterrupts } from '../interrupts.ts';
import { wholeNumber } from '../numbers.ts';
import { print, stdoutStyle } from '../output.ts';
import type { RunFlags } from '../run-flags.ts';
import { type RanToEnd, runToEnd } from '../running.ts';
import { findPipeline, openSite } from '../site.ts';
import { styleFor } from '../view/style.ts';
import { flipLines } from '../watching/flips.ts';
import { type FileWatch, type Looked, watchFiles } from '../watching/files.ts';

/** Until Ctrl-C, which lets running steps end. Exits 130, or 143 after SIGTERM. */
export async function watchCommand(targets: readonly string[], flags: RunFlags): Promise<void> {
  const path = findPipeline(process.cwd(), flags.file);
  const interrupts = onInterrupts(() => undefined);
  const files = watchFiles();
  try {
    await watchUntilStopped({ path, targets, flags, files }, interrupts);
  } finally {
    files.close();
    interrupts.release();
    process.exitCode = interrupts.signal() === 'SIGTERM' ? exits.terminated : exits.interrupted;
  }
}

interface Watching {
  /** The pipeline file's. */
  readonly path: string;
  readonly targets: readonly string[];
  readonly flags: RunFlags;
  readonly files: FileWatch;
}

async function watchUntilStopped(watching: Watching, interrupts: Interrupts): Promise<void> {
  const { path, files } = watching;
  const root = dirname(path);
  let judgements: readonly Judgement[] = [];
  while (!interrupts.stop.aborted) {
    // Its stat is taken before it is read: a later edit shows.
    const before: Looked = new Map([[path, statOf(path)]]);
    const ran = await runOnce(watching);
    if (ran !== undefined) {
      print(flipLines(judgements, ran.judgements, stdoutStyle()));
      judgements = ran.judgements;
    }
    // Where the pipeline cannot be read nobody knows what it rests on: anything may mend it.
    files.follow(
      ran === undefined ? new Map([...before, [root, 'folder']]) : new Map([...ran.looked, ...before]),
    );
    if (interrupts.stop.aborted) return;
    say(`watching ${counted(ran?.looked.size ?? 1, ran === undefined ? 'folder' : 'file')}; Ctrl-C ends it`);
    const changed = await files.next(interrupts.stop);
    if (changed === undefined) return;
    say(
      `changed: ${listed(
        changed.map((each) => relative(root, each)),
        4,
      )}`,
    );
  }
}

/** Undefined where the pipeline has problems, which are told. */
async function runOnce({ targets, flags }: Watching): Promise<RanToEnd | undefined> {
  const jobs = wholeNumber('--jobs', flags.jobs, 1);
  try {
    return await runToEnd(openSite(flags), targets, flags, jobs);
  } catch (error) {
    if (!(error instanceof Fault) || error.kind !== 'usage') throw error;
    process.stderr.write(`${error.message}\n`);
    return undefined;
  }
}

function say(text: string): void {
  process.stderr.write(`${styleFor(process.stderr, process.env).dim(text)}\n`);
}
