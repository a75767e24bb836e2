/**
 * Records small and large results for ever, and says each one that is settled: `node write.ts FOLDER NAME MODE`. The test
 * kills it at some moment.
 */
import { draftOf, outOf, someBytes, strict, textContent } from '../drafts.ts';
import { openStore } from '../../../store/open.ts';
import { type Mode, modes } from '../modes.ts';

const [folder, name, mode] = process.argv.slice(2) as [string, string, Mode];
const store = openStore(folder, modes[mode]);
process.stdout.write('"open"\n');
const seedOf = (index: number): number => index * 1000 + name.length + name.charCodeAt(name.length - 1);

for (let index = 0; ; index++) {
  const input = await store.artifacts.put(textContent(`input ${name} ${index}`));
  const draft = draftOf(`${name} ${index}`, { parts: { ...draftOf('').parts, inputs: { input } } });
  await store.traces.lease(draft.key, draft.attempt, false);
  const outs = {
    small: outOf(textContent(`value ${name} ${index}`)),
    large: outOf({ type: 'bytes', bytes: someBytes(20_000 + (index % 50) * 4000, seedOf(index)) }),
    folder: outOf({
      type: 'folder',
      entries: [{ path: 'a', executable: false, content: textContent(`${index}`) }],
    }),
  };
  const { settled } = store.traces.record(draft, outs, strict);
  store.memos.set('last', name, `${index}`);
  void settled.then(({ current }) => process.stdout.write(`${JSON.stringify(current.key)}\n`));
  if (index % 8 === 7) await settled;
}
