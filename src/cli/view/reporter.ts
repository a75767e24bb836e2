/** Shows a run's events: a live view on a terminal, plain lines elsewhere, the events themselves for programs. */
import type { RunEvent } from '../../model/event.ts';
import { drawProgress } from './draw.ts';
import { type Detail, eventLine } from './lines.ts';
import { type LiveOutput, liveOutput } from './live.ts';
import { type Progress, advance, newProgress } from './progress.ts';
import { styleFor } from './style.ts';

export interface Reporter {
  readonly hear: (event: RunEvent) => void;
  /** Says something of its own, above the live view. */
  readonly say: (text: string) => void;
  readonly close: () => void;
}

export interface ReporterOptions {
  readonly detail: Detail;
  readonly json: boolean;
  readonly jobs: number;
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
    say: (text) => process.stderr.write(`${text}\n`),
    close: () => undefined,
  };
}

function lineReporter({ detail }: ReporterOptions): Reporter {
  const style = styleFor(process.stderr, process.env);
  const say = (text: string) => void process.stderr.write(`${text}\n`);
  const hear = (event: RunEvent) => {
    const line = eventLine(event, detail, style);
    if (line !== undefined) say(line);
  };
  return { hear, say, close: () => undefined };
}

/** Lines that stay are those a reader would want later: what failed, and in detail what was executed. */
function liveReporter(options: ReporterOptions): Reporter {
  const style = styleFor(process.stderr, process.env);
  const progress: Progress = newProgress(options.now());
  let output: LiveOutput | undefined;
  const draw = () => {
    const { columns = 80, rows = 24 } = process.stderr;
    return drawProgress(progress, options.jobs, options.now(), { columns, rows, style });
  };
  const say = (text: string) =>
    output === undefined ? void process.stderr.write(`${text}\n`) : output.print(text);
  return {
    hear: (event) => {
      advance(progress, event, options.now());
      if (event.type === 'planned' && event.hits < event.steps) output = liveOutput(process.stderr, draw);
      const line = eventLine(event, options.detail === 'verbose' ? 'verbose' : 'quiet', style);
      if (line !== undefined) say(line);
    },
    say,
    close: () => {
      output?.stop();
      output = undefined;
    },
  };
}
