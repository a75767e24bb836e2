/**
 * Writes test/store/fixtures/version-N.json, a sample of the format that this code writes:
 * `node test/store/make-sample.ts`. Run it once for each new format version, and never again for an old one.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { ObjectFiles } from '../../store/files.ts';
import { openStore } from '../../store/open.ts';
import { databaseName } from '../../store/place.ts';
import { formatVersion } from '../../store/schema.ts';
import { temporaryFolder } from './drafts.ts';
import { fillSample } from './sample.ts';

const folder = temporaryFolder();
try {
  const owner = {
    token: 'sample',
    host: 'sample',
    machine: 'sample',
    boot: '',
    space: '',
    pid: 1,
    start: '',
  };
  const store = openStore(folder.path, { owner, now: () => 1_790_000_000_000 });
  await fillSample(store);
  await store.close();
  const path = join(folder.path, databaseName);
  const db = new Database(path);
  db.exec('VACUUM');
  db.close();
  const files = [path, ...[...new ObjectFiles(folder.path).list()].map((file) => file.path)];
  const packed = Object.fromEntries(
    files.map((file) => [
      file.slice(folder.path.length + 1),
      gzipSync(readFileSync(file)).toString('base64'),
    ]),
  );
  const fixtures = join(import.meta.dirname, 'fixtures');
  mkdirSync(fixtures, { recursive: true });
  writeFileSync(join(fixtures, `version-${formatVersion}.json`), `${JSON.stringify(packed, null, 1)}\n`);
} finally {
  folder.remove();
}
