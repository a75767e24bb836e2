/** Garbage collection in memory: the rules of the real one, said as plainly as they can be. */
import type { Digest } from '../../src/base/digest.ts';
import type { GarbageReport, GarbageRoots } from '../../src/model/store.ts';
import type { Trace } from '../../src/model/trace.ts';
import { type GarbageOptions, type Pin, garbageAge } from '../local.ts';
import { inputDigests } from '../trace-row.ts';
import type { MemoryArtifacts } from './artifacts.ts';
import type { MemoryRuns } from './runs.ts';
import type { MemoryPins, MemoryPublished } from './shelves.ts';
import type { Listed, MemoryTraces } from './traces.ts';

interface Parts {
  readonly artifacts: MemoryArtifacts;
  readonly traces: MemoryTraces;
  readonly runs: MemoryRuns;
  readonly published: MemoryPublished;
  readonly pins: MemoryPins;
  readonly now: () => number;
}

export function collectMemoryGarbage(
  parts: Parts,
  roots: GarbageRoots,
  options: GarbageOptions = {},
): GarbageReport {
  const stays = traceTest(parts, roots);
  const kept = parts.traces.listed.filter(stays);
  const needed = neededBy(parts, roots, kept);
  const doomed = [...parts.artifacts.kept].filter(([digest]) => !needed.has(digest));
  const report = {
    traces: parts.traces.listed.length - kept.length,
    artifacts: doomed.length,
    files: 0,
    bytes: doomed.reduce((sum, [, { bytes }]) => sum + bytes.length, 0),
  };
  if (options.dryRun === true) return report;
  parts.traces.listed = kept;
  for (const [digest] of doomed) parts.artifacts.kept.delete(digest);
  return report;
}

/** Whether a trace stays. A key that is needed keeps what is current and what disputes it. */
function traceTest(parts: Parts, roots: GarbageRoots): (one: Listed) => boolean {
  const { traces, runs, published, pins } = parts;
  const keptRuns = runsToKeep(runs, roots.runs, pinned(pins, 'run'));
  const keys = new Set<string>([...roots.keys, ...traces.leases.keys(), ...pinned(pins, 'trace')]);
  for (const run of keptRuns) for (const key of runs.keys.get(run) ?? []) keys.add(key);
  const disputed = new Set(
    traces.listed.filter((one) => one.standing === 'rival').map((one) => one.trace.key),
  );
  const artifacts = pinned(pins, 'artifact');
  const isPublished = (trace: Trace): boolean =>
    published.paths.some((one) => one.step === trace.step && makes(trace, one.digest));
  return ({ trace, standing }) =>
    disputed.has(trace.key) ||
    (standing === 'current' && keys.has(trace.key)) ||
    keptRuns.has(trace.run) ||
    isPublished(trace) ||
    [...artifacts].some((digest) => makes(trace, digest));
}

function runsToKeep(runs: MemoryRuns, most: number, also: ReadonlySet<string>): Set<string> {
  const list = runs.list();
  const complete = list.filter((run) => run.status === 'complete').slice(0, most);
  const live = list.filter((run) => run.status === 'running');
  return new Set([...complete, ...live].map((run) => run.id).concat([...also]));
}

function makes(trace: Trace, digest: string): boolean {
  return Object.values(trace.outs).some((out) => out.digest === digest);
}

function pinned(pins: MemoryPins, type: Pin['type']): Set<string> {
  return new Set(
    pins
      .list()
      .filter((pin) => pin.type === type)
      .map((pin) => pin.name),
  );
}

function neededBy(parts: Parts, roots: GarbageRoots, kept: readonly Listed[]): Set<string> {
  const needed = new Set<string>([...roots.artifacts, ...pinned(parts.pins, 'artifact')]);
  for (const { trace } of kept) for (const digest of namedBy(trace)) needed.add(digest);
  for (const { digest } of parts.published.paths) needed.add(digest);
  const started = parts.runs.list().filter((run) => run.status === 'running');
  const before = Math.min(parts.now(), ...started.map((run) => run.at)) - garbageAge;
  for (const [digest, { used }] of parts.artifacts.kept) if (used >= before) needed.add(digest);
  for (const [digest, { members }] of parts.artifacts.kept)
    if (needed.has(digest)) for (const child of members) needed.add(child);
  return needed;
}

function namedBy(trace: Trace): Digest[] {
  const outs = Object.values(trace.outs).map((out) => out.digest);
  return [...outs, trace.parts.code, ...inputDigests(trace.parts.inputs)];
}
