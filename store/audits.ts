/** What was found of traces after they were recorded: re-executions and signatures. */
import type { AuditRecord, SignatureRecord } from '../src/model/audit.ts';
import { canonicalJson } from '../src/model/json.ts';
import type { AuditShelf } from '../src/model/store.ts';
import type { Context } from './context.ts';

type Row = Pick<AuditRecord, 'key' | 'attempt' | 'verdict' | 'at'> & { readonly detail: string };

const insertAudit = `INSERT INTO audit (trace, verdict, at, detail)
  SELECT id, ?, ?, ? FROM trace WHERE key = ? AND attempt = ?`;
const insertSignature = `INSERT OR REPLACE INTO signature (trace, signer, at, envelope)
  SELECT id, ?, ?, ? FROM trace WHERE key = ? AND attempt = ?`;

export class Audits implements AuditShelf {
  readonly #context: Context;
  constructor(context: Context) {
    this.#context = context;
  }
  async add(records: readonly AuditRecord[]): Promise<void> {
    await this.#write(() => {
      for (const { key, attempt, verdict, at, ...detail } of records)
        this.#context.db.run(insertAudit, verdict, at, canonicalJson(detail), key, attempt);
    });
  }
  list(): readonly AuditRecord[] {
    const sql = `SELECT t.key, t.attempt, a.verdict, a.at, a.detail
      FROM audit AS a JOIN trace AS t ON t.id = a.trace ORDER BY a.id`;
    return this.#context.db.all<Row>(sql).map(({ detail, ...row }) => ({
      ...row,
      ...(JSON.parse(detail) as Pick<AuditRecord, 'by' | 'variation' | 'says' | 'machine'>),
    }));
  }
  async sign(signatures: readonly SignatureRecord[]): Promise<void> {
    await this.#write(() => {
      for (const { key, attempt, signer, envelope, at } of signatures)
        this.#context.db.run(insertSignature, signer, at, envelope, key, attempt);
    });
  }
  signatures(): readonly SignatureRecord[] {
    const sql = `SELECT t.key, t.attempt, s.signer, s.envelope, s.at
      FROM signature AS s JOIN trace AS t ON t.id = s.trace ORDER BY s.at, t.id, s.signer`;
    return this.#context.db.all<SignatureRecord>(sql);
  }

  /** Behind the records that were queued before: a trace must be there to be spoken of. */
  async #write(apply: () => void): Promise<void> {
    await this.#context.writer.drain();
    await this.#context.writer.add({ durable: true, apply }, true);
  }
}
