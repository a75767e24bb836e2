/** An adversary changes a bundle in every way that was thought of; each is found and named, also where hashes were mended. */
import { createPrivateKey } from 'node:crypto';
import { assert, nat, property, uint8Array } from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { memoryStore } from '../../../store/memory/store.ts';
import { keyOf } from '../../../src/model/key.ts';
import type { Trace } from '../../../src/model/trace.ts';
import { signEnvelope } from '../../../src/provenance/export/dsse.ts';
import { fingerprint as fingerprintOf, newKeyPair, publicPem } from '../../../src/provenance/export/keys.ts';
import { restore } from '../../../src/provenance/verify/restore.ts';
import { checkClaims } from '../../../src/provenance/verify/retell.ts';
import { inspect } from '../../../src/provenance/verify/verify.ts';
import { paper } from '../../report/support/paper.ts';
import { type Exported, exported } from '../support/exported.ts';
import {
  type Texts,
  edit,
  editJson,
  patch,
  putTogether,
  putTogetherAnew,
  reseal,
  takeApart,
} from '../support/forgery.ts';
import { workshop } from '../support/workshop.ts';

const { version } = manifest;
let small: Exported;
let rich: Exported;
beforeAll(async () => {
  small = await exported(paper);
  rich = await exported(workshop);
});
afterAll(() => {
  small.project.remove();
  rich.project.remove();
});

const found = (bytes: Uint8Array, key?: string) =>
  inspect(bytes, { version, key }).findings.map(({ where, message }) => `${where}: ${message}`);

/** Changes the unsigned bundle, mends every hash that an adversary can mend, and says what is found. */
function forged(change: (texts: Texts) => void, bundle = small.unsigned): string[] {
  const texts = takeApart(bundle);
  change(texts);
  return found(putTogetherAnew(texts));
}

const isEqual = (a: Texts, b: Texts) =>
  a.size === b.size && [...a].every(([path, text]) => b.get(path) === text);

interface Recorded {
  readonly steps: { id: string; key: string; inputs: Record<string, { path?: string }> }[];
}
const stepsIn = (texts: Texts) => (JSON.parse(texts.get('record.json') as string) as Recorded).steps;
const traceOf = (texts: Texts, step: string) =>
  `traces/${stepsIn(texts).find(({ id }) => id === step)?.key}.json`;
const outOf = (texts: Texts, step: string, role: string) => {
  const { outs } = JSON.parse(texts.get(traceOf(texts, step)) as string) as Trace;
  const { digest, extension } = outs[role] as Trace['outs'][string];
  return `artifacts/${digest}.${extension}`;
};

describe('a bundle as exported', () => {
  test('has nothing wrong with it, signed or not, with files, folders, items and commands', () => {
    for (const bundle of [small.unsigned, small.signed, rich.unsigned, rich.signed])
      expect(found(bundle)).toEqual([]);
  });

  test('is read without the adversary, too: taken apart and put together it is the same', () => {
    expect(putTogether(takeApart(small.signed))).toEqual(small.signed);
    expect(found(putTogetherAnew(takeApart(rich.unsigned)))).toEqual([]);
  });

  test('says what it holds', () => {
    const { counts, described, bundle } = inspect(rich.unsigned, { version });
    expect(counts).toMatchObject({ traces: 5 });
    expect(described).toBe(true);
    expect(bundle?.content.steps.map(({ id }) => id)).toContain('inspect@length=b.txt');
  });
});

describe('a flipped bit', () => {
  test('anywhere in the file is found, also under a seal that fits', () => {
    assert(
      property(nat(small.signed.length - 1), nat(7), (at, bit) => {
        const changed = patch(small.signed, at, [(small.signed[at] as number) ^ (1 << bit)]);
        return found(changed).length > 0;
      }),
      { numRuns: 150 },
    );
  });

  test('in an entry names the entry', () => {
    const texts = takeApart(small.unsigned);
    const table = outOf(texts, 'summary', 'table');
    edit(texts, table, (text) => text.replace(/\d(?=\n)/, (digit) => String(9 - Number(digit))));
    expect(found(putTogether(texts))).toContainEqual(
      expect.stringMatching(
        new RegExp(`^${table}: its bytes have the digest [0-9a-f]{12}, expected [0-9a-f]{12}$`),
      ),
    );
  });

  test('in a sealed file never makes it throw, and never passes', () => {
    assert(
      property(nat(small.signed.length - 66), uint8Array({ minLength: 1, maxLength: 8 }), (at, noise) => {
        const changed = reseal(patch(small.signed, Math.min(at, small.signed.length - 100), [...noise]));
        // Deflate has several spellings of one content: other packed bytes of the same files are no forgery.
        return found(changed).length > 0 || isEqual(takeApart(changed), takeApart(small.signed));
      }),
      { numRuns: 100 },
    );
  });
});

describe('files of a bundle', () => {
  test('that were swapped are named with whose bytes they are', () => {
    const texts = takeApart(small.unsigned);
    const [one, two] = [outOf(texts, 'sample@k=1', 'draws'), outOf(texts, 'sample@k=2', 'draws')];
    const [a, b] = [texts.get(one) as string, texts.get(two) as string];
    texts.set(one, b).set(two, a);
    const told = found(putTogether(texts)).join('\n');
    expect(told).toContain(`${one}: its bytes have the digest`);
    expect(told).toContain(`these are the bytes of ${two}, files were swapped`);
  });

  test('that were swapped under a mended manifest contradict their names', () => {
    const told = forged((texts) => {
      const [one, two] = [outOf(texts, 'sample@k=1', 'draws'), outOf(texts, 'sample@k=2', 'draws')];
      const [a, b] = [texts.get(one) as string, texts.get(two) as string];
      texts.set(one, b).set(two, a);
    });
    expect(told.join('\n')).toContain('files were swapped');
  });

  test('that are missing are named, also under a mended manifest', () => {
    const texts = takeApart(small.unsigned);
    const table = outOf(texts, 'summary', 'all');
    texts.delete(table);
    expect(found(putTogether(texts))).toContain(`${table}: it is missing`);
    expect(forged((each) => each.delete(table))).toContain(`${table}: it is missing: summary.all`);
  });

  test('that are too many are named, also under a mended manifest', () => {
    const texts = takeApart(small.unsigned).set('extra.txt', 'hello');
    expect(found(putTogether(texts))).toContain('extra.txt: it is there, but the manifest does not list it');
    expect(forged((each) => each.set('extra.txt', 'hello'))).toEqual([
      'extra.txt: no bundle has such an entry',
    ]);
    const digest = 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c';
    expect(forged((each) => each.set(`artifacts/${digest}.txt`, 'foo\n'))).toContain(
      `artifacts/${digest}.txt: no step of the record accounts for it`,
    );
  });

  test('need a manifest', () => {
    const texts = takeApart(small.unsigned);
    texts.delete('manifest.json');
    expect(found(putTogether(texts)).join('\n')).toContain('manifest.json: it is missing');
  });

  test('of a newer format are refused by its name', () => {
    const texts = takeApart(small.unsigned);
    edit(texts, 'manifest.json', (text) => text.replace('colophon-bundle/1', 'colophon-bundle/9'));
    expect(found(putTogether(texts)).join('\n')).toContain(
      'its format is "colophon-bundle/9", and this version of colophon reads "colophon-bundle/1"',
    );
  });
});

describe('a record', () => {
  test('that was removed is named, under any manifest', () => {
    const texts = takeApart(small.unsigned);
    const path = traceOf(texts, 'sample@k=2');
    texts.delete(path);
    expect(found(putTogether(texts))).toContain(`${path}: the record of an execution was removed`);
    const told = forged((each) => each.delete(path)).join('\n');
    expect(told).toContain(`sample@k=2: the record of its execution, ${path}, was removed`);
    expect(told).toContain('summary: its input samples is made by sample@k=2, whose record was removed');
  });

  test('whose step was removed with it leaves those that took its outs', () => {
    const told = forged((texts) => {
      const [path, out] = [traceOf(texts, 'sample@k=2'), outOf(texts, 'sample@k=2', 'draws')];
      texts.delete(path);
      texts.delete(out);
      editJson(texts, 'record.json', (record: { steps: { id: string }[] }) => {
        record.steps = record.steps.filter(({ id }) => id !== 'sample@k=2');
      });
    });
    expect(told.join('\n')).toContain(
      'summary: its input samples is made by sample@k=2, whose record was removed',
    );
  });

  test('of other params no longer has the key of its parts', () => {
    const told = forged((texts) =>
      edit(texts, traceOf(texts, 'sample@k=1'), (text) => text.replace('"draws":8', '"draws":9')),
    );
    expect(told.join('\n')).toMatch(
      /sample@k=1: its record was changed: the parts of its key give [0-9a-f]{12}, recorded is [0-9a-f]{12}/,
    );
  });

  test('of other params under a new key is no execution of the pipeline', () => {
    const told = forged((texts) => {
      const path = traceOf(texts, 'sample@k=1');
      const trace = JSON.parse(texts.get(path) as string) as {
        key: string;
        parts: { params: { draws: number } };
      };
      const old = trace.key;
      trace.parts.params.draws = 9;
      trace.key = keyOf(trace.parts as never);
      texts.delete(path);
      texts.set(`traces/${trace.key}.json`, JSON.stringify(trace));
      edit(texts, 'record.json', (text) => text.replaceAll(old, trace.key));
    });
    expect(told.join('\n')).toContain(
      'sample@k=1: its execution is not one of the recorded pipeline: params.draws: 9 → 8',
    );
  });

  test('of another artifact contradicts the steps that took it', () => {
    const told = forged((texts) => {
      const trace = JSON.parse(texts.get(traceOf(texts, 'sample@k=3')) as string) as Trace;
      const other = outOf(texts, 'sample@k=2', 'draws').slice(10, 74);
      edit(texts, traceOf(texts, 'sample@k=3'), (text) =>
        text.replace(trace.outs['draws']?.digest as string, other),
      );
    });
    expect(told.join('\n')).toContain('summary: its execution is not one of the recorded pipeline: samples');
  });

  test('of another item of a list is found', () => {
    const told = forged(
      (texts) =>
        editJson(
          texts,
          'record.json',
          (record: { steps: { id: string; inputs: { length: { id: string } } }[] }) => {
            for (const { id, inputs } of record.steps)
              if (id === 'inspect@length=b.txt') inputs.length.id = 'a.txt';
          },
        ),
      rich.unsigned,
    );
    expect(told.join('\n')).toContain(
      'inspect@length=b.txt: its execution is not one of the recorded pipeline: length',
    );
  });

  test('of an item that its list does not have is found', () => {
    const told = forged(
      (texts) => edit(texts, 'record.json', (text) => text.replace('"id":"b.txt"', '"id":"z.txt"')),
      rich.unsigned,
    );
    expect(told.join('\n')).toContain('no item has the file "z.txt"');
  });

  test('of another command is found', () => {
    const told = forged((texts) => edit(texts, 'record.json', (text) => text.replace('wc -l <', 'wc -c <')));
    expect(told.join('\n')).toContain('listing: its command is not the one that was recorded');
  });

  test('of a place that leads out of the folder of a step is refused', () => {
    for (const path of ['../../../etc/passwd', '/etc/passwd', 'a/../../b']) {
      const told = forged(
        (texts) =>
          editJson(texts, 'record.json', (record: Recorded) => {
            const step = record.steps.find(({ id }) => id === 'measure') as Recorded['steps'][number];
            (step.inputs['script'] as { path: string }).path = path;
          }),
        rich.unsigned,
      );
      expect(told.join('\n')).toContain('its input script leads out of the folder where it is executed');
    }
  });

  test('that is nonsense is a finding, never a crash', () => {
    const nonsense = [
      '',
      '{}',
      'null',
      '[]',
      '{"steps":[]}',
      '{"steps":[{"id":3}],"pipeline":{"stages":[]}}',
    ];
    for (const text of nonsense) {
      const told = forged((texts) => texts.set('record.json', text));
      expect(told.join('\n')).toContain('record.json: it cannot be read');
    }
    expect(forged((texts) => texts.set(traceOf(texts, 'listing'), '[1]')).join('\n')).toContain(
      'record.json: it cannot be read',
    );
  });
});

describe('a description', () => {
  test.each([
    'ro-crate-metadata.json',
    'prov.json',
    'codecheck.yml',
    'claims.json',
    'cwl/listing.cwl',
    'README.txt',
  ])('such as %s that tells something else than the record is found', (path) => {
    expect(forged((texts) => edit(texts, path, (text) => text.replace(/e/, 'E')))).toEqual([
      `${path}: it tells something else than the record`,
    ]);
  });

  test('by another version of the tool is not compared, and that is said', () => {
    const texts = takeApart(small.unsigned);
    edit(texts, 'record.json', (text) => text.replace(`"version":"${version}"`, '"version":"0.0.1"'));
    const { findings, described } = inspect(putTogetherAnew(texts), { version });
    expect(findings).toEqual([]);
    expect(described).toBe(false);
  });
});

describe('claims', () => {
  const judged = async (change: (texts: Texts) => void) => {
    const texts = takeApart(small.unsigned);
    change(texts);
    const { bundle } = inspect(putTogetherAnew(texts), { version: 'none' });
    if (bundle === undefined) throw new Error('not sound');
    const store = memoryStore();
    await restore(store, bundle);
    return checkClaims(bundle.content, store);
  };

  test('are judged again from the artifacts', async () => {
    const { judgements, findings } = await judged(() => undefined);
    expect(Object.fromEntries(judgements.map(({ claim, status }) => [claim, status]))).toEqual({
      'three-rows': 'holds',
      'mean-is-small': 'holds',
      'mean-is-large': 'fails',
      'no-such-row': 'broken',
    });
    expect(findings).toEqual([]);
  });

  test('that are said to hold and do not are named, with both answers', async () => {
    const { findings } = await judged((texts) => {
      // Whoever lies here would also retell the lie everywhere else: another version is not compared.
      edit(texts, 'record.json', (text) =>
        text
          .replace(
            /"because":"[^"]*","claim":"mean-is-large"(.*?)"status":"fails"/,
            '"because":"","claim":"mean-is-large"$1"status":"holds"',
          )
          .replace(`"version":"${version}"`, '"version":"0"'),
      );
    });
    expect(findings.map(({ where, message }) => `${where}: ${message}`)).toEqual([
      expect.stringMatching(
        /^mean-is-large: the bundle says holds \([\d.]+\), its artifacts say fails \([\d.]+\)$/,
      ),
    ]);
  });
});

describe('a signature', () => {
  const mallory = createPrivateKey(newKeyPair().privateKey);

  test('by the key that is trusted is so called; by another it is somebody else', () => {
    const of = (key?: string) => inspect(small.signed, { version, key });
    expect(of(small.fingerprint).signer).toEqual({ type: 'trusted', key: small.fingerprint });
    expect(of().signer).toEqual({ type: 'unknown', key: small.fingerprint });
    const other = fingerprintOf(mallory);
    expect(of(other).findings.map(({ message }) => message)).toEqual([
      `it is signed by ${small.fingerprint}, expected ${other}: somebody else made it`,
    ]);
  });

  test('is missed where a key is asked for and nobody signed', () => {
    expect(found(small.unsigned, small.fingerprint)).toEqual([
      `statement.dsse.json: nobody has signed it, and --key asks for the signature of ${small.fingerprint}`,
    ]);
    expect(inspect(small.unsigned, { version }).signer).toEqual({ type: 'nobody' });
  });

  test('does not cover a bundle that was changed after it', () => {
    const texts = takeApart(small.signed);
    edit(texts, 'CITATION.cff', (text) => `${text}# a word more\n`);
    expect(found(putTogetherAnew(texts)).join('\n')).toMatch(
      /statement\.dsse\.json: it speaks of a manifest [0-9a-f]{12}, the bundle's is [0-9a-f]{12}: the bundle was changed after it/,
    );
  });

  test('over another statement is forged', () => {
    const texts = takeApart(small.signed);
    editJson(texts, 'statement.dsse.json', (envelope: { payload: string }) => {
      const payload = Buffer.from(envelope.payload, 'base64')
        .toString()
        .replace('small-paper', 'large-paper');
      envelope.payload = Buffer.from(payload).toString('base64');
    });
    texts.set('statement.dsse.json', `${texts.get('statement.dsse.json')}\n`);
    expect(found(putTogether(texts))).toContain(
      'statement.dsse.json: forged: the signature is not of this statement by this key',
    );
  });

  test('with another key put beside it is forged', () => {
    const texts = takeApart(small.signed).set('signer.pub.pem', publicPem(mallory));
    expect(found(putTogether(texts)).join('\n')).toMatch(
      /forged: it names the key ed25519:[0-9a-f]{64}, the bundle holds another/,
    );
  });

  test('by a stranger over the same bundle is theirs, and is not taken for the one that is trusted', () => {
    const texts = takeApart(small.signed);
    const { payload } = JSON.parse(texts.get('statement.dsse.json') as string) as { payload: string };
    texts.set('statement.dsse.json', signEnvelope(Buffer.from(payload, 'base64'), mallory));
    texts.set('signer.pub.pem', publicPem(mallory));
    const bundle = putTogether(texts);
    expect(inspect(bundle, { version }).signer).toEqual({ type: 'unknown', key: fingerprintOf(mallory) });
    expect(found(bundle, small.fingerprint).join('\n')).toContain('somebody else made it');
  });

  test('that was taken away leaves a bundle without a statement', () => {
    const texts = takeApart(small.signed);
    texts.delete('statement.dsse.json');
    texts.delete('signer.pub.pem');
    expect(found(putTogether(texts))).toContain(
      'statement.dsse.json: it has no statement: the signature was removed, or never made',
    );
  });

  test('is spelled in one way only, so that no byte of the envelope can change', () => {
    const texts = takeApart(small.signed);
    edit(texts, 'statement.dsse.json', (text) => text.replace('{', '{ '));
    expect(found(putTogether(texts))).toContain('statement.dsse.json: forged: it is spelled in another way');
  });

  test('speaks of the artifacts that are there', () => {
    const texts = takeApart(small.unsigned);
    editJson(texts, 'statement.json', (statement: { subject: unknown[] }) => void statement.subject.pop());
    expect(found(putTogether(texts)).join('\n')).toContain("its subjects are not the bundle's artifacts");
  });
});
