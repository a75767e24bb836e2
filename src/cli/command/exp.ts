/** `colophon exp`: runs side by side as a table of params, metrics and claims; what moved a claim; a metric as a plot. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseSelector } from '../../config/claims/selector.ts';
import { suggestion } from '../../base/text.ts';
import { Fault } from '../../model/fault.ts';
import type { Run } from '../../model/run.ts';
import type { Store } from '../../model/store.ts';
import {
  type Column,
  type Experiments,
  type MetricAsked,
  experimentsOf,
  numbersOf,
  varyingAmong,
} from '../../provenance/experiment.ts';
import { type RunView, viewRun } from '../../provenance/run-view.ts';
import { plotMetric } from '../../report/metric-plot.ts';
import { experimentsCsv, experimentsData, experimentsLines } from '../experiments/table.ts';
import { attributeCommand } from '../experiments/attribute.ts';
import { wholeNumber } from '../numbers.ts';
import { print, printData, printJson, stdoutStyle } from '../output.ts';
import { runNamed } from '../run-names.ts';
import { type ProjectFlags, openSite } from '../site.ts';

export interface ExpFlags extends ProjectFlags {
  readonly most?: string;
  readonly metric?: readonly string[];
  readonly all?: boolean;
  readonly csv?: boolean;
  readonly json?: boolean;
  readonly plot?: string;
  readonly out?: string;
  readonly attribute?: string;
}

/** Without names: the newest runs that gave results of their own, oldest first. */
export async function expCommand(names: readonly string[], flags: ExpFlags): Promise<void> {
  if (flags.attribute !== undefined) return attributeCommand(names, flags.attribute, flags);
  const most = wholeNumber('--most', flags.most, 1) ?? 8;
  const asked = (flags.metric ?? []).map(readMetric);
  const { store } = openSite(flags, 'read');
  try {
    const runs = names.length > 0 ? namedRuns(store, names) : newestRuns(store, most);
    const experiments = experimentsOf(store, runs, asked);
    if (flags.plot !== undefined) return writePlot(experiments, flags.plot, flags.out);
    const shown = flags.all === true ? experiments : varying(experiments, asked.length);
    if (flags.json) printJson(experimentsData(shown));
    else if (flags.csv) printData(experimentsCsv(shown));
    else print(experimentsLines(shown, experiments, stdoutStyle()));
  } finally {
    await store.close();
  }
}

function readMetric(text: string): MetricAsked {
  const parsed = parseSelector(text);
  if ('value' in parsed) return { name: text, selector: parsed.value };
  throw new Fault('usage', `--metric ${text}: ${parsed.wrong}, at character ${parsed.index + 1}`);
}

function namedRuns(store: Store, names: readonly string[]): RunView[] {
  const runs = store.runs.list();
  return names.map((name) => viewRun(store, runNamed(name, runs)));
}

/** Runs that gave what the one before them gave, and those of which nothing is known, are no experiments. */
function newestRuns(store: Store, most: number): RunView[] {
  const views = store.runs.list().map((run: Run) => viewRun(store, run));
  const known = views.filter(({ run, of, steps }) => run.id === of && steps.size > 0);
  const own = known.filter((view, i) => !isAsBefore(view, known[i + 1]));
  if (own.length === 0) throw new Fault('usage', 'no run has results yet; `colophon run` makes the first');
  return own.slice(0, most).reverse();
}

/** A run that executed nothing anew. */
function isAsBefore(view: RunView, older: RunView | undefined): boolean {
  const results = ({ steps }: RunView) =>
    [...steps.values()].map(({ step, status, trace }) => `${step} ${status} ${trace?.attempt}`).sort();
  return older?.run.profile === view.run.profile && results(view).join('\n') === results(older).join('\n');
}

/** Only what differs, and what was asked for. */
function varying(experiments: Experiments, asked: number): Experiments {
  const isVarying = varyingAmong(experiments.runs);
  const only = (columns: readonly Column[]) => columns.filter(isVarying);
  const { params, code, metrics, claims } = experiments;
  return {
    ...experiments,
    params: only(params),
    code: only(code),
    metrics: [...metrics.slice(0, asked), ...only(metrics.slice(asked))],
    claims: only(claims),
  };
}

function writePlot({ runs, params, metrics, claims }: Experiments, name: string, out?: string): void {
  const columns = [...metrics, ...claims, ...params];
  const column = columns.find((each) => each.name === name) ?? refuse(name, columns);
  const values = numbersOf(column);
  if (values.every((value) => value === undefined))
    throw new Fault('usage', `"${name}" is no number in any of these runs`);
  const points = runs.map(({ run }, i) => ({ run: run.id, profile: run.profile, value: values[i] }));
  const figure = plotMetric(name, points);
  if (out === undefined) return print(figure);
  mkdirSync(dirname(resolve(out)), { recursive: true });
  writeFileSync(resolve(out), figure);
  process.stderr.write(`plot: ${out}\n`);
}

function refuse(name: string, columns: readonly Column[]): never {
  const names = columns.map((each) => each.name);
  throw new Fault(
    'usage',
    `no run has a metric, claim or param "${name}".${suggestion(name, names)} \`colophon exp --all\` lists them; a value in an artifact is asked for by --metric`,
  );
}
