/** The program of the thread that writes: a connection of its own, and one transaction for each group it is sent. */
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { present } from '../src/base/invariant.ts';
import { Committer } from './committer.ts';
import { Connection } from './connection.ts';
import { ObjectFiles } from './files.ts';
import { Pending } from './pending.ts';
import { databaseName } from './place.ts';
import type { Tables } from './tables.ts';
import { type GroupAnswer, type GroupMessage, type ThreadSetup, plainError } from './writer-thread.ts';
import { write } from './writing.ts';

const { folder } = workerData as ThreadSetup;
const port = present(parentPort, 'the port of the writer thread');
const db = new Connection(join(folder, databaseName));
db.prepare();
const files = new ObjectFiles(folder);
let now = 0;
const tables: Tables = { db, files, pending: new Pending(), now: () => now };
const committer = new Committer(
  db,
  { delay: 0, most: Infinity },
  {
    before: () => undefined,
    after: () => files.syncFolders(),
    write: (writing) => write(tables, writing),
  },
);

async function answer({ writings, durable, now: sent }: GroupMessage): Promise<GroupAnswer> {
  now = sent;
  const told = writings.map((writing) => committer.add({ writing: () => writing, durable }, true));
  const settled = await Promise.allSettled(told);
  return settled.map((one) =>
    one.status === 'fulfilled' ? { value: one.value } : { error: plainError(one.reason) },
  );
}

function end(): void {
  db.close();
  files.close();
  port.close();
}

port.on('message', (message: GroupMessage | 'end') => {
  if (message === 'end') end();
  else void answer(message).then((said) => port.postMessage(said));
});
port.postMessage('ready');
