/** Leases every key it can of a list, once all have started: `node lease.ts FOLDER NAME COUNT MODE`. Says those it got. */
import { once } from 'node:events';
import { digestOf } from '../../../src/base/digest.ts';
import { openStore } from '../../../store/open.ts';
import { type Mode, modes } from '../modes.ts';

const [folder, name, count, mode] = process.argv.slice(2) as [string, string, string, Mode];
const store = openStore(folder, modes[mode]);
process.stdout.write('"ready"\n');
await once(process.stdin, 'data');
const keys = Array.from({ length: Number(count) }, (_, index) => digestOf(`key ${index}`));
const answers = await Promise.all(
  keys.map((key, index) => store.traces.lease(key, `${name} ${index}`, false)),
);
answers.forEach(({ type }, index) => {
  if (type === 'granted') process.stdout.write(`${index}\n`);
});
process.stdout.write('"done"\n');
await once(process.stdin, 'data');
process.exit(0); // without closing the store: the leases stay, their owner is dead
