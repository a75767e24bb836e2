/** Rows of artifacts with their bytes: in the database where they are small, else in files. */
import { readFileSync } from 'node:fs';
import type { Digest } from '../src/base/digest.ts';
import type { Content } from '../src/model/executor.ts';
import { codeOf, fault } from './faults.ts';
import { type Incoming, inlineLimit } from './local.ts';
import type { Tables } from './tables.ts';

/** An artifact in use is marked so at most this often (ms); much less than `garbageAge`. */
const markInterval = 600_000;

interface Row {
  readonly id: number;
  /** Null where a trace names the artifact but its bytes are not here. */
  readonly size: number | null;
  readonly used: number;
  readonly folder: number;
}

const select = `SELECT id, size, used, EXISTS (SELECT 1 FROM member WHERE folder = id) AS folder
  FROM artifact WHERE digest = ?`;

/** The size of an artifact that has a row or is queued, whether or not its bytes are sound. */
export function sizeOf({ db, pending }: Tables, digest: Digest): number | undefined {
  return pending.artifact(digest)?.size ?? db.get<Row>(select, digest)?.size ?? undefined;
}

/** Whether all its bytes are there, by size; for a folder those of its files too. */
export function isPresent(tables: Tables, digest: Digest): boolean {
  if (tables.pending.artifact(digest) !== undefined) return true;
  const row = tables.db.get<Row>(select, digest);
  if (row === undefined || row.size === null) return false;
  if (row.size > inlineLimit && !tables.files.sound(digest, row.size)) return false;
  return row.folder === 0 || membersOf(tables, row.id).every((child) => isPresent(tables, child));
}

/** The digests of a folder's files; empty for anything else. */
function membersOf({ db }: Tables, folder: number): Digest[] {
  return db.values<Digest>('SELECT digest FROM member JOIN artifact ON id = child WHERE folder = ?', folder);
}

/** All its bytes. Throws Fault `store` where it is absent or its size is wrong. */
export function bytesOf(tables: Tables, digest: Digest): Uint8Array {
  const content = contentOf(tables, digest);
  return content.type === 'bytes' ? content.bytes : readSound(content.path, digest, sizeOf(tables, digest));
}

/** Bytes of a small artifact, the path of a large one. Throws like `bytesOf`. */
export function contentOf(tables: Tables, digest: Digest): Content {
  const queued = tables.pending.artifact(digest);
  if (queued !== undefined) return queued.body;
  const row = tables.db.get<{ size: number; bytes: Uint8Array | null }>(
    'SELECT size, bytes FROM artifact LEFT JOIN blob USING (id) WHERE digest = ? AND size IS NOT NULL',
    digest,
  );
  if (row === undefined) throw fault(`artifact ${digest} is not in the store.`);
  return row.size > inlineLimit ? fileContent(tables, digest, row.size) : inlineContent(digest, row);
}

function fileContent({ files }: Tables, digest: Digest, size: number): Content {
  if (!files.sound(digest, size)) throw damaged(digest, `expected a file of ${size} bytes`);
  return { type: 'file', path: files.path(digest) };
}

function inlineContent(digest: Digest, row: { size: number; bytes: Uint8Array | null }): Content {
  const bytes = row.bytes;
  if (bytes === null || bytes.length !== row.size) throw damaged(digest, `expected ${row.size} bytes`);
  return { type: 'bytes', bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length) };
}

function readSound(path: string, digest: Digest, size: number | undefined): Uint8Array {
  const bytes = readOrNothing(path);
  if (bytes === undefined || bytes.length !== size)
    throw damaged(digest, `expected ${size} bytes, found ${bytes?.length ?? 'no file'}`);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

function readOrNothing(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function damaged(digest: Digest, what: string): Error {
  return fault(`artifact ${digest} is damaged: ${what}. Run "colophon doctor".`);
}

/** Whether the artifact was marked as used lately: then nothing need be written to keep it from collection. */
export function isFresh({ db, now }: Tables, digest: Digest): boolean {
  const used = db.value<number>('SELECT used FROM artifact WHERE digest = ?', digest);
  return used !== undefined && now() - used < markInterval;
}

/** Marks artifacts as used now. For use inside a write. */
export function markUsed({ db, now }: Tables, digests: Iterable<Digest>): void {
  const sql = 'UPDATE artifact SET used = ? WHERE digest IN (SELECT value FROM json_each(?))';
  db.run(sql, now(), JSON.stringify([...digests]));
}

/** Keeps an artifact unless it is there already, replacing lost bytes; gives its id. For use inside a write. */
export function keepArtifact(tables: Tables, artifact: Incoming): number {
  if (artifact.failure !== undefined) throw artifact.failure;
  const row = tables.db.get<Row>(select, artifact.digest);
  const id = row === undefined ? insert(tables, artifact) : refresh(tables, artifact, row);
  for (const child of artifact.members ?? [])
    tables.db.run('INSERT OR IGNORE INTO member VALUES (?, ?)', id, nameArtifact(tables, child));
  return id;
}

function insert(tables: Tables, { digest, size, body }: Incoming): number {
  const { db, files, now } = tables;
  const { id } = db.run('INSERT INTO artifact (digest, size, used) VALUES (?, ?, ?)', digest, size, now());
  if (body.type === 'bytes') db.run('INSERT INTO blob VALUES (?, ?)', id, body.bytes);
  else files.place(body.path, digest);
  return id;
}

function refresh(tables: Tables, { digest, size, body }: Incoming, { id, ...row }: Row): number {
  const { db, files, now } = tables;
  if (row.size === null || now() - row.used >= markInterval)
    db.run('UPDATE artifact SET size = ?, used = ? WHERE id = ?', size, now(), id);
  if (body.type === 'bytes') db.run('INSERT OR IGNORE INTO blob VALUES (?, ?)', id, body.bytes);
  else if (row.size !== null && files.sound(digest, size)) files.share(body.path, digest);
  else files.place(body.path, digest);
  return id;
}

/** The id of a digest's row, made without bytes where there is none. For use inside a write. */
export function nameArtifact({ db }: Tables, digest: Digest): number {
  const id = db.value<number>('SELECT id FROM artifact WHERE digest = ?', digest);
  return id ?? db.run('INSERT INTO artifact (digest, used) VALUES (?, 0)', digest).id;
}
