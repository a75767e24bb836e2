/** Makes traces, outs and folders for tests of stores. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Digest, digestOf } from '../../src/base/digest.ts';
import { stageOf } from '../../src/model/case.ts';
import type { Content, Out } from '../../src/model/executor.ts';
import type { RunStart } from '../../src/model/run.ts';
import type { OutDraft, TraceDraft } from '../../src/model/store.ts';
import type { RecordRules } from '../../src/model/trace.ts';
import type { LocalStore } from '../../store/local.ts';

export const strict: RecordRules = { compare: {}, stochastic: false };

export function textBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function textContent(text: string): Content {
  return { type: 'bytes', bytes: textBytes(text) };
}

/** Bytes that differ by `seed` and do not compress to nothing. */
export function someBytes(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0, state = seed; i < length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** A trace of `step` under the key named `name`. */
export function draftOf(name: string, settings: Partial<TraceDraft> = {}): TraceDraft {
  const step = settings.step ?? 'fit@k=6';
  return {
    key: digestOf(`key ${name}`),
    parts: {
      protocol: 1,
      code: digestOf('code'),
      params: { tolerance: 1e-9, zero: -0, list: [1, 'two', null] },
      case: { k: 6 },
      inputs: {},
      outs: { value: 'number/1' },
      environment: {},
    },
    step,
    stage: stageOf(step),
    case: { k: 6 },
    evidence: { residual: 1e-12, stalled: 0, method: 'newton', sound: true },
    cost: { wall: 12.5, cpu: 10.25, memory: 1_000_000 },
    run: 'run-1',
    attempt: `attempt-${name}`,
    seen: { node: '24.21.0', executor: 'worker' },
    at: 1_790_000_000_000,
    torn: false,
    ...settings,
  };
}

/** One out, `value`, of the kind number. */
export function valueOf(content: string | Uint8Array, extension = 'json'): Record<string, OutDraft> {
  const bytes = typeof content === 'string' ? textBytes(content) : content;
  return { value: outOf({ type: 'bytes', bytes }, extension) };
}

export function outOf(out: Out, extension = 'json'): OutDraft {
  const name = out.type === 'folder' ? 'folder' : 'number';
  return { out, kind: { name, version: 1, extension } };
}

export function folderOut(files: Readonly<Record<string, string>>): OutDraft {
  const entries = Object.entries(files).map(([path, text]) => ({
    path,
    executable: path.endsWith('.sh'),
    content: textContent(text),
  }));
  return outOf({ type: 'folder', entries }, 'folder');
}

/** Records and waits until it is settled. */
export async function recorded(
  store: LocalStore,
  name: string,
  value: string | Uint8Array = `"${name}"`,
  settings: Partial<TraceDraft> = {},
  rules: RecordRules = strict,
) {
  const recording = store.traces.record(draftOf(name, settings), valueOf(value), rules);
  return {
    ...recording,
    answer: await recording.settled,
    out: recording.trace.outs['value']?.digest as Digest,
  };
}

export function runStart(id: string, at = 1_790_000_000_000): RunStart {
  const machine = { colophon: '0.1.0', node: '24.21.0' };
  return { id, at, pipeline: 'demo', profile: 'default', command: ['run'], targets: [], machine };
}

/** A folder of its own for the test, and the way to remove it. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'colophon-store-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
