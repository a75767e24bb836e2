/** Answers as they are sent: a status, headers beyond the common ones, and bytes. */
import { Fault } from '../../model/fault.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

/** Data for the page. */
export function jsonReply(value: unknown, status = 200): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
  };
}

export function textReply(status: number, text: string): Reply {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: text };
}

/** What was asked for is not there: the page says so in its place. */
export const absent = (says: string): Reply => jsonReply({ error: says }, 404);

/** A fault in its own words; anything else is ours. */
export function failure(error: unknown): Reply {
  if (error instanceof Fault) return jsonReply({ error: error.message }, error.kind === 'usage' ? 404 : 500);
  const says = error instanceof Error ? error.message : String(error);
  return jsonReply({ error: `colophon failed in a way it should not: ${says}` }, 500);
}
