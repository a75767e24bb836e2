/** A run's events as bytes: JSON lines, compressed where that helps. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { RunEvent } from '../src/model/event.ts';

/** `lines`: UTF-8, a JSON text and a line feed for each event. `deflate`: the same, as raw DEFLATE (RFC 1951). */
type EventForm = 'lines' | 'deflate';

export interface EventBatch {
  readonly form: EventForm;
  readonly bytes: Uint8Array;
}

/** Shorter batches than this (bytes) stay as they are: those of a run that goes on, which are merged when it ends. */
const worthwhile = 32_768;
/** Characters of JSON in one batch of a finished run. */
const fullBatch = 1 << 20;

export function packEvents(events: readonly RunEvent[]): EventBatch {
  const lines = new TextEncoder().encode(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  if (lines.length < worthwhile) return { form: 'lines', bytes: lines };
  return { form: 'deflate', bytes: deflateRawSync(lines, { level: 1 }) };
}

export function unpackEvents({ form, bytes }: EventBatch): RunEvent[] {
  return linesOf({ form, bytes }).map((line) => JSON.parse(line) as RunEvent);
}

/** Many small batches as few full ones, in the same order. */
export function mergeBatches(batches: readonly EventBatch[]): EventBatch[] {
  const merged: EventBatch[] = [];
  let lines: string[] = [];
  let length = 0;
  const close = (): void => {
    const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
    if (bytes.length > 0) merged.push({ form: 'deflate', bytes: deflateRawSync(bytes, { level: 1 }) });
    [lines, length] = [[], 0];
  };
  for (const line of batches.flatMap(linesOf)) {
    lines.push(line);
    length += line.length;
    if (length >= fullBatch) close();
  }
  close();
  return merged;
}

function linesOf({ form, bytes }: EventBatch): string[] {
  const text = new TextDecoder().decode(form === 'lines' ? bytes : inflateRawSync(bytes));
  return text.split('\n').slice(0, -1);
}
