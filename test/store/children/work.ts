/**
 * Executes each key of a list unless another process does or did: `node work.ts FOLDER NAME COUNT MODE`. Says what it
 * executed; afterwards every key is found.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { digestOf } from '../../../src/base/digest.ts';
import { openStore } from '../../../store/open.ts';
import { type Mode, modes } from '../modes.ts';
import { draftOf, runStart, strict, valueOf } from '../drafts.ts';

const [folder, name, count, mode] = process.argv.slice(2) as [string, string, string, Mode];
const store = openStore(folder, modes[mode]);
await store.runs.start(runStart(name));

async function bring(index: number): Promise<void> {
  const key = digestOf(`key ${index}`);
  const attempt = `${name} ${index}`;
  for (;;) {
    const answer = await store.traces.lease(key, attempt, false);
    if (answer.type === 'found') return;
    if (answer.type === 'granted') break;
    await pause(2);
  }
  process.stdout.write(`${index}\n`);
  const bytes = new TextEncoder().encode(`${index} `.repeat(index % 3 === 0 ? 10_000 : 10));
  store.traces.record(draftOf(`${index}`, { attempt, run: name }), valueOf(bytes), strict);
  store.runs.append(name, [{ type: 'warning', message: attempt }]);
}

await Promise.all(Array.from({ length: Number(count) }, (_, index) => bring(index)));
await store.runs.finish(name, 'complete', { hits: 0, executed: 0, failed: 0, skipped: 0 }, 5);
await store.close();
