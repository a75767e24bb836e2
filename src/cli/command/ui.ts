/** `colophon ui`: serves a page about the project to browsers of this machine, until it is interrupted. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { outlook } from '../../engine/outlook.ts';
import { stillStands } from '../../engine/witness.ts';
import { probe } from '../../executors/probe.ts';
import { Fault } from '../../model/fault.ts';
import { traceFinder, trustFinder } from '../../provenance/standing.ts';
import { answering } from '../../ui/server/answer.ts';
import { pageFiles } from '../../ui/server/page-files.ts';
import { type Serving, serve } from '../../ui/server/serve.ts';
import type { Look, UiSource } from '../../ui/server/source.ts';
import { codeReasons, pastReasons } from '../code-reasons.ts';
import { describeError } from '../exit.ts';
import { onInterrupts } from '../interrupts.ts';
import { wholeNumber } from '../numbers.ts';
import { problemLines, withPlacesFrom } from '../problems.ts';
import { parseSite } from '../project.ts';
import { type ProjectFlags, findPipeline, storeFolder } from '../site.ts';
import { StoreDoor } from '../store-door.ts';
import { distFile, machineVersions, version } from '../tool.ts';

export interface UiFlags extends ProjectFlags {
  readonly port?: string | undefined;
  readonly noOpen?: boolean;
}

/** Prints the address on stdout and ends well at the first Ctrl-C. */
export async function uiCommand(flags: UiFlags): Promise<void> {
  const port = wholeNumber('--port', flags.port, 0) ?? 0;
  const path = findPipeline(process.cwd(), flags.file);
  const door = new StoreDoor(storeFolder(dirname(path)));
  const interrupts = onInterrupts(() => undefined);
  let serving: Serving | undefined;
  try {
    const source = sourceOf(path, flags, door);
    serving = await listen(answering(source, pageFiles(distFile('ui')), Date.now), port);
    process.stdout.write(`${serving.url}\n`);
    process.stderr.write('colophon ui: that address, in a browser on this machine; Ctrl-C ends it\n');
    if (flags.noOpen !== true && process.stdout.isTTY) openBrowser(serving.url);
    await aborted(interrupts.stop);
  } finally {
    interrupts.release();
    await serving?.close();
    await door.close();
  }
}

async function listen(answer: Parameters<typeof serve>[0], port: number): Promise<Serving> {
  try {
    return await serve(answer, port);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new Fault('usage', `port ${port} is in use; without --port a free one is taken`);
    throw new Fault('usage', `cannot listen on port ${port}: ${message}`);
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

function sourceOf(path: string, flags: ProjectFlags, door: StoreDoor): UiSource {
  const root = dirname(path);
  return {
    folder: basename(root),
    version,
    store: () => door.store(),
    logs: join(storeFolder(root), 'logs'),
    look: () => withPlacesFrom(root, () => lookAt(path, flags, door)),
    explain: (error) =>
      error instanceof Fault ? problemLines(error.problems, undefined) : [describeError(error)],
  };
}

/** Plans on a store that keeps what is remembered meanwhile to itself. */
async function lookAt(path: string, flags: ProjectFlags, door: StoreDoor): Promise<Look> {
  const text = readFileSync(path, 'utf8');
  const store = door.view();
  const site = { root: dirname(path), file: basename(path), text, store };
  const project = await parseSite(site, flags);
  const options = { targets: [], force: false, probe, versions: machineVersions() };
  const reading = { ...project, seen: await outlook(project.context, project.pipeline, options) };
  const stats = project.context.witness.stats();
  const doubtUntil = Date.now() + doubtFor;
  return {
    pipeline: project.pipeline,
    seen: reading.seen,
    trace: traceFinder(reading),
    trust: trustFinder(reading),
    reasons: codeReasons(reading),
    because: (trace, history) => pastReasons(store, trace, history),
    stands: () =>
      door.view() === store &&
      textOf(path) === text &&
      (stats === undefined ? Date.now() < doubtUntil : stillStands(stats)),
  };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** A plan that stats cannot vouch for is made again after so long. */
const doubtFor = 5000;

/** Where there is no browser to open, the address is printed all the same. */
function openBrowser(url: string): void {
  const open = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  execFile(open, [url], () => undefined);
}
