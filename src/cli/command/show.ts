/** `colophon show`: an artifact's content, a step's record, or what an attempt printed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDigest, type Digest } from '../../base/digest.ts';
import { byteSize, shortDigest, suggestion } from '../../base/text.ts';
import { duration, formatTime } from '../../base/time.ts';
import { sortedStepId } from '../../model/case.ts';
import { canonicalJson } from '../../model/json.ts';
import { Fault } from '../../model/fault.ts';
import type { InputDigest } from '../../model/key.ts';
import type { Trace } from '../../model/trace.ts';
import { traceFinder, trustFinder } from '../../provenance/standing.ts';
import type { Trust } from '../../provenance/trust.ts';
import { type ProjectFlags, type Site, openSite } from '../site.ts';
import { print, printJson, stdoutStyle } from '../output.ts';
import { withPlan } from '../reading.ts';
import { trustRows } from '../trust-lines.ts';
import type { Style } from '../view/style.ts';

export interface ShowFlags extends ProjectFlags {
  readonly logs?: boolean;
  readonly json?: boolean;
}

/** `what`: a step, `step.role`, a digest or its first digits, a published path; with `--logs` an attempt or a step. */
export async function showCommand(what: string, flags: ShowFlags): Promise<void> {
  const site = openSite(flags, 'read');
  try {
    if (flags.logs) return showLogs(site, what);
    const digest = artifactNamed(site, what);
    if (digest !== undefined) return void process.stdout.write(site.store.artifacts.read(digest));
    const trace = traceNamed(site, what);
    if (trace === undefined) throw new Fault('usage', unknownName(site, what));
    const trust = await trustNow(flags, trace);
    if (flags.json) printJson({ ...trace, trust });
    else print(traceLines(trace, trust, stdoutStyle()));
  } finally {
    await site.store.close();
  }
}

/** Trust is inherited along the graph as it is now: there is none where the pipeline cannot be read or lacks the step. */
async function trustNow(flags: ProjectFlags, { step, key }: Trace): Promise<Trust | undefined> {
  try {
    return await withPlan(flags, [], (reading) =>
      traceFinder(reading)(step)?.trace.key === key ? trustFinder(reading)(step) : undefined,
    );
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

/** The artifact that a digest, a published path or `step.role` names. */
function artifactNamed({ store, root }: Site, what: string): Digest | undefined {
  if (/^[0-9a-f]{6,64}$/.test(what)) {
    const found = isDigest(what) && store.artifacts.has(what) ? [what] : store.artifacts.matching(what);
    if (found.length > 1)
      throw new Fault(
        'usage',
        `${what} begins ${found.length} digests: ${found.map(shortDigest).join(', ')}; give more digits`,
      );
    if (found[0] !== undefined) return found[0];
  }
  const path = what.replace(/^\.\//, '');
  const published = store.published
    .list('default')
    .find((entry) => entry.path === path || join(root, entry.path) === what);
  if (published !== undefined) return published.digest;
  const [step, role] = splitRole(what);
  return role === undefined ? undefined : store.traces.newest(sortedStepId(step))?.outs[role]?.digest;
}

/** `train@k=6.candidates` is a step and a role; a role has no `=` before it is reached. */
function splitRole(what: string): [string, string | undefined] {
  const match = /^(.*)\.([A-Za-z][\w-]*)$/.exec(what);
  return match === null ? [what, undefined] : [match[1] as string, match[2]];
}

function traceNamed({ store }: Site, what: string): Trace | undefined {
  return store.traces.newest(sortedStepId(what));
}

function unknownName({ store }: Site, what: string): string {
  const names = store.runs
    .list(5)
    .flatMap(({ id }) =>
      store.runs
        .events(id)
        .flatMap((event) => ('step' in event && event.step !== undefined ? [event.step] : [])),
    );
  return `the store has no step, artifact or published path "${what}".${suggestion(what, new Set(names))} Steps: \`colophon dag --steps\``;
}

function traceLines(trace: Trace, trust: Trust | undefined, style: Style): string[] {
  const { parts, evidence, cost } = trace;
  const tables: readonly (readonly [title: string, rows: Rows])[] = [
    [
      'key',
      [
        ['digest', shortDigest(trace.key)],
        ['code', shortDigest(parts.code)],
      ],
    ],
    ['params', rowsOf({ ...parts.params, ...parts.case }, canonicalJson)],
    ['inputs', rowsOf(parts.inputs, inputText)],
    ['environment', Object.entries(parts.environment)],
    ['outs', rowsOf(trace.outs, (out) => `${shortDigest(out.digest)}  ${byteSize(out.size)}  ${out.kind}`)],
    ['evidence', rowsOf(evidence, String)],
    ['trust', trust === undefined ? [] : trustRows(trust)],
  ];
  return [
    style.strong(trace.step),
    `  executed ${formatTime(trace.at)} in ${duration(cost.wall)} (${duration(cost.cpu)} of processor, ${byteSize(cost.memory)}), run ${trace.run}, attempt ${trace.attempt}`,
    ...tables.flatMap(([title, rows]) => tableLines(title, rows, style)),
  ];
}

type Rows = readonly (readonly [name: string, value: string])[];

function rowsOf<T>(record: Readonly<Record<string, T>>, spell: (value: T) => string): Rows {
  return Object.entries(record).map(([name, value]) => [name, spell(value)]);
}

function inputText(input: InputDigest): string {
  if (typeof input === 'string') return shortDigest(input);
  return input.map(([binding, digest]) => `${binding} ${shortDigest(digest)}`).join(', ');
}

function tableLines(title: string, rows: Rows, style: Style): string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [style.strong(title), ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)];
}

function showLogs({ root, store }: Site, what: string): void {
  const attempts = [store.traces.newest(what), store.runs.failures(what)[0]].filter(
    (each) => each !== undefined,
  );
  const attempt = attempts.sort((a, b) => b.at - a.at)[0]?.attempt ?? what;
  const folder = join(root, '.colophon', 'logs', attempt.split('.')[0] as string, attempt);
  if (!existsSync(folder))
    throw new Fault('usage', `nothing was printed by ${what}, or it has been cleaned away`);
  for (const stream of ['stdout', 'stderr']) {
    const path = join(folder, stream);
    if (existsSync(path)) process.stdout.write(readFileSync(path));
  }
}
