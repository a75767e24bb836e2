/** What is written by the thousand, as plain data: the same whether this thread writes it or the writer's own. */
import type { Digest } from '../src/base/digest.ts';
import { keepArtifact, markUsed } from './artifact-table.ts';
import type { EventBatch } from './events.ts';
import type { Incoming } from './local.ts';
import { type RecordDraft, recordTrace } from './record.ts';
import type { Tables } from './tables.ts';

export type Writing =
  | { readonly type: 'record'; readonly draft: RecordDraft }
  | { readonly type: 'artifacts'; readonly artifacts: readonly Incoming[] }
  | { readonly type: 'used'; readonly digests: readonly Digest[] }
  | { readonly type: 'events'; readonly run: string; readonly batch: EventBatch }
  | { readonly type: 'memos'; readonly name: string; readonly entries: ReadonlyMap<string, string> };

/** Writes it, inside a transaction. Gives a `Ruled` for a record, and nothing of use for the others. */
export function write(tables: Tables, writing: Writing): unknown {
  switch (writing.type) {
    case 'record':
      return recordTrace(tables, writing.draft);
    case 'artifacts':
      return writing.artifacts.forEach((artifact) => keepArtifact(tables, artifact));
    case 'used':
      return markUsed(tables, writing.digests);
    case 'events':
      return insertBatch(tables, writing.run, writing.batch);
    case 'memos':
      return insertMemos(tables, writing.name, writing.entries);
  }
}

function insertBatch({ db }: Tables, run: string, { form, bytes }: EventBatch): void {
  const sql = `INSERT INTO event (run, batch, form, bytes)
    VALUES (?, (SELECT coalesce(max(batch), 0) + 1 FROM event WHERE run = ?), ?, ?)`;
  db.run(sql, run, run, form, bytes);
}

function insertMemos({ db }: Tables, name: string, entries: ReadonlyMap<string, string>): void {
  for (const [key, value] of entries)
    db.run('INSERT OR REPLACE INTO memo VALUES (?, ?, ?)', name, key, value);
}
