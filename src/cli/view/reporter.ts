/** Shows a run's events: a live view on a terminal, plain lines elsewhere, the events themselves for programs. */
import { readableNames } from '../../model/case.ts';
import type { RunEvent } from '../../model/event.ts';
import { drawProgress, progressLine } from './draw.ts';
import { type Detail, eventLine } from './lines.ts';
import { type LiveOutput, liveOutput } from './live.ts';
import { type Progress, advance, newProgress } from './progress.ts';
import { tell } from '../output.ts';
import { styleFor } from './style.ts';

export interface Reporter {
  readonly hear: (event: RunEvent) => void;
  /** Says something of its own, above the live view. */
  readonly say: (text: string) => void;
  readonly close: () => void;
}

interface ReporterOptions {
  readonly detail: Detail;
  readonly json: boolean;
  readonly jobs: number;
  /** In the order in which they are shown. */
  readonly stages: readonly string[];
  readonly now: () => number;
}

/** Progress goes to stderr, `--json` to stdout. */
export function reporter(options: ReporterOptions): Reporter {
  if (options.json) return jsonReporter();
  const live = process.stderr.isTTY && options.detail !== 'quiet' && process.env['TERM'] !== 'dumb';
  return live ? liveReporter(options) : lineReporter(options);
}

function jsonReporter(): Reporter {
  return {
    hear: (event) => process.stdout.write(`${JSON.stringify(event)}\n`),
    say: tell,
    close: () => undefined,
  };
}

/** Milliseconds without a line after which a log says that the run goes on. */
const silence = 60_000;

function lineReporter({ detail, jobs, now }: ReporterOptions): Reporter {
  const style = styleFor(process.stderr, process.env);
  const progress = newProgress(now());
  let last = now();
  const say = (text: string) => {
    last = now();
    tell(text);
  };
  const hear = (event: RunEvent) => {
    advance(progress, event, now());
    const line = eventLine(event, detail, style);
    if (line !== undefined) say(line);
  };
  const beat = setInterval(() => {
    const isLong = detail !== 'quiet' && now() - last >= silence && progress.open.size > 0;
    if (isLong) say(progressLine(progress, jobs, now()));
  }, silence / 4);
  beat.unref();
  return { hear, say, close: () => clearInterval(beat) };
}

/** Milliseconds of planning before anything is shown. */
const patience = 300;

/** Lines that stay are those a reader would want later: what failed, and in detail what was executed. */
function liveReporter(options: ReporterOptions): Reporter {
  const style = styleFor(process.stderr, process.env);
  const progress: Progress = newProgress(options.now(), options.stages);
  const draw = () => {
    const { columns, rows } = process.stderr;
    return drawProgress(progress, options.jobs, options.now(), {
      columns: columns || 80,
      rows: rows || 24,
      style,
    });
  };
  let output: LiveOutput | undefined = liveOutput(process.stderr, draw, patience);
  const say = (text: string) => (output === undefined ? tell(text) : output.print(readableNames(text)));
  const close = () => {
    output?.stop();
    output = undefined;
  };
  const hear = (event: RunEvent) => {
    advance(progress, event, options.now());
    if (event.type === 'planned' && event.hits === event.steps) close();
    const line = eventLine(event, options.detail === 'verbose' ? 'verbose' : 'quiet', style);
    if (line !== undefined) say(line);
  };
  return { hear, say, close };
}
