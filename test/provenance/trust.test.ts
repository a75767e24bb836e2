/** Trust: what raises it, what lowers it, and that no step is worth more than what it was made from. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Digest, digestOf } from '../../src/base/digest.ts';
import { present } from '../../src/base/invariant.ts';
import type { AuditRecord, SignatureRecord } from '../../src/model/audit.ts';
import type { StageDeclaration } from '../../src/model/pipeline.ts';
import { canonicalJson } from '../../src/model/json.ts';
import type { Step } from '../../src/model/step.ts';
import type { Trace } from '../../src/model/trace.ts';
import { signTraces } from '../../src/provenance/export/attest.ts';
import { publicDigest } from '../../src/provenance/export/keys.ts';
import { type Trust, type TrustGround, trustIn } from '../../src/provenance/trust.ts';
import { randomSteps, stepNamed } from '../support/steps.ts';

const outOf = (name: string) => digestOf(`out of ${name}`);

function traceOf(step: Step, settings: Partial<Trace> = {}): Trace {
  const inputs = Object.entries(step.inputs).flatMap(([role, input]) =>
    input.type === 'artifact' ? [[role, outOf(input.step)] as const] : [],
  );
  return {
    key: digestOf(`key of ${step.id}`),
    parts: {
      ...{ protocol: 1, code: step.signature.code, params: {}, case: {} },
      ...{ inputs: Object.fromEntries(inputs), outs: {}, environment: {} },
    },
    ...{ step: step.id, stage: step.stage.name, case: {}, evidence: {}, run: 'run', attempt: step.id },
    outs: { value: { digest: outOf(step.id), size: 1, kind: 'number/1', extension: 'json' } },
    cost: { wall: 1, cpu: 1, memory: 0 },
    seen: { executor: 'worker' },
    at: 1,
    torn: false,
    ...settings,
  };
}

const said = (name: string, verdict: AuditRecord['verdict'] = 'same'): AuditRecord => ({
  ...{ key: digestOf(`key of ${name}`), attempt: name, verdict, by: 'bytes' },
  ...{ variation: 'as recorded', says: '', machine: {}, at: 2 },
});

const keys = generateKeyPairSync('ed25519');

/** The execution of a step of this name, signed. */
const signed = (name: string, settings: Partial<Trace> = {}): SignatureRecord =>
  present(signTraces([traceOf(stepNamed(name, []), settings)], keys.privateKey, 3)[0], name);

interface Given {
  readonly traces?: Readonly<Record<string, Trace | undefined>>;
  readonly audits?: readonly AuditRecord[];
  readonly signatures?: readonly SignatureRecord[];
}

function trusts(steps: readonly Step[], { traces = {}, audits = [], signatures = [] }: Given = {}) {
  const all = new Map(
    steps.map((step) => [step.id, step.id in traces ? traces[step.id] : traceOf(step)] as const),
  );
  const store = {
    audits: { list: () => audits, signatures: () => signatures },
    traces: { ofStep: (step: string) => [all.get(step)].filter((trace) => trace !== undefined) },
  } as unknown as TrustGround['store'];
  return trustIn({ store, steps, find: (step) => all.get(step) });
}

const own = (given: Given, settings: Partial<StageDeclaration> = {}) =>
  trusts([stepNamed('a', [], settings)], given)('a') as Trust;
const trace = (settings: Partial<Trace>): Given => ({ traces: { a: traceOf(stepNamed('a', []), settings) } });

describe('a step by itself', () => {
  test('that was never executed has none', () => {
    expect(trusts([stepNamed('a', [])], { traces: { a: undefined } })('a')).toBeUndefined();
  });

  test('in a worker is closed, with effects it is declared', () => {
    expect(own({}).level).toBe('closed');
    const parts = { ...traceOf(stepNamed('a', [])).parts, environment: { effects: 'native' } };
    expect(own(trace({ parts })).level).toBe('declared');
  });

  test('of a command is declared, unless it was sealed', () => {
    expect(own(trace({ seen: { executor: 'command' } })).level).toBe('declared');
    expect(own(trace({ seen: { executor: 'command', sealed: 'true' } })).level).toBe('closed');
  });

  test('that is stochastic, or was torn, stays declared', () => {
    expect(own({ audits: [said('a')] }, { stochastic: true }).level).toBe('declared');
    expect(own(trace({ torn: true })).level).toBe('declared');
  });

  test('that came out again is reproduced, and with a signature attested', () => {
    expect(own({ audits: [said('a')] }).level).toBe('reproduced');
    expect(own({ audits: [said('a')], signatures: [signed('a')] }).level).toBe('attested');
  });

  test('that is signed and was never executed again is closed: levels need those below', () => {
    expect(own({ signatures: [signed('a')] }).level).toBe('closed');
    const open = { ...trace({ seen: { executor: 'command' } }), audits: [said('a')] };
    expect(own({ ...open, signatures: [signed('a')] }).level).toBe('declared');
  });

  test('that came out differently once is declared, and says so', () => {
    const trust = own({ audits: [said('a'), said('a', 'differs'), said('a')], signatures: [signed('a')] });
    expect(trust.level).toBe('declared');
    expect(trust.facts.refuted).toHaveLength(1);
  });

  test('of which an execution failed is neither reproduced nor refuted', () => {
    const trust = own({ audits: [said('a', 'failed')] });
    expect(trust).toMatchObject({ level: 'closed', facts: { reproduced: [], refuted: [] } });
  });

  test('gains nothing from another attempt that came out again', () => {
    expect(own({ audits: [{ ...said('a'), attempt: 'another' }] }).level).toBe('closed');
  });
});

describe('a signature that the store holds', () => {
  const whole = signed('a');
  const statement = (record: SignatureRecord) =>
    JSON.parse(
      Buffer.from((JSON.parse(record.envelope) as { payload: string }).payload, 'base64').toString(),
    ) as { predicate: Record<string, unknown> };
  const other = generateKeyPairSync('ed25519');

  test('carries the key that it can be checked by', () => {
    const { publicKey } = statement(whole).predicate;
    const der = Buffer.from(publicKey as string, 'base64');
    expect(digestOf(der)).toBe(whole.signer);
    expect(whole.signer).toBe(publicDigest(keys.publicKey));
    expect(own({ signatures: [whole] }).facts).toMatchObject({ signed: [whole], forged: [] });
  });

  const elsewhere = { value: { digest: digestOf('other'), size: 1, kind: 'number/1', extension: 'json' } };
  const envelopeWith = (change: (envelope: { payload: string; signatures: { sig: string }[] }) => void) => {
    const envelope = JSON.parse(whole.envelope) as { payload: string; signatures: { sig: string }[] };
    change(envelope);
    return `${canonicalJson(envelope)}\n`;
  };
  test.each<[string, SignatureRecord, string]>([
    ['nothing', { ...whole, envelope: '{}' }, 'it does not carry the key to check it by'],
    ['no JSON', { ...whole, envelope: 'signed' }, 'it does not carry the key to check it by'],
    [
      'another signer put beside it',
      { ...whole, signer: publicDigest(other.publicKey) },
      'it carries the key of another signer',
    ],
    [
      'of other outs',
      { ...whole, envelope: signed('a', { outs: elsewhere }).envelope },
      'it is of another execution, or of other outs',
    ],
    [
      'of another step',
      { ...whole, envelope: signed('b').envelope },
      'it is of another execution, or of other outs',
    ],
    [
      'a flipped bit of the signature',
      {
        ...whole,
        envelope: envelopeWith(({ signatures: [first] }) => {
          const bytes = Buffer.from((first as { sig: string }).sig, 'base64');
          bytes[5] = (bytes[5] as number) ^ 1;
          (first as { sig: string }).sig = bytes.toString('base64');
        }),
      },
      'the signature is not of this statement by this key',
    ],
    [
      'another statement under the same signature',
      {
        ...whole,
        envelope: envelopeWith((envelope) => {
          const text = Buffer.from(envelope.payload, 'base64')
            .toString()
            .replace('"attempt":"a"', '"attempt":"b"');
          envelope.payload = Buffer.from(text).toString('base64');
        }),
      },
      'the signature is not of this statement by this key',
    ],
  ])('and is %s counts for nothing, and why is told', (_, record, because) => {
    const trust = own({ audits: [said('a')], signatures: [record] });
    expect(trust.level).toBe('reproduced');
    expect(trust.facts.signed).toEqual([]);
    expect(trust.facts.forged).toEqual([{ signer: record.signer, because }]);
  });

  test('does not lessen one beside it that holds', () => {
    const forged = { ...whole, signer: publicDigest(other.publicKey) };
    const trust = own({ audits: [said('a')], signatures: [forged, whole] });
    expect(trust).toMatchObject({ level: 'attested', facts: { signed: [whole] } });
    expect(trust.facts.forged).toHaveLength(1);
  });
});

describe('along the graph', () => {
  const chain = [
    stepNamed('a', []),
    stepNamed('b', ['a']),
    stepNamed('c', ['b']),
    stepNamed('d', ['c', 'a']),
  ];

  test('the least counts, and the step that is least is named', () => {
    const trust = trusts(chain, { audits: ['a', 'c', 'd'].map((name) => said(name)) });
    expect(chain.map(({ id }) => trust(id)?.level)).toEqual(['reproduced', 'closed', 'closed', 'closed']);
    expect(trust('d')).toMatchObject({ own: 'reproduced', limitedBy: ['b'] });
    expect(trust('b')?.limitedBy).toEqual([]);
  });

  test('a step whose upstream has no record is worth nothing', () => {
    const trust = trusts(chain, { traces: { b: undefined } });
    expect(trust('c')).toMatchObject({ level: 'declared', own: 'closed', limitedBy: ['b'] });
    expect(trust('d')).toMatchObject({ level: 'declared', limitedBy: ['b'] });
  });

  test('a step that took what its upstream is not known to have given is worth nothing', () => {
    const b = stepNamed('b', ['a']);
    const parts = { ...traceOf(b).parts, inputs: { a: digestOf('from somewhere') as Digest } };
    const trust = trusts(chain, { traces: { b: traceOf(b, { parts }) } });
    expect(trust('b')).toMatchObject({ level: 'declared', own: 'closed', limitedBy: ['a'] });
  });

  test('a gather takes each of its members', () => {
    const members = ['a', 'b'].map((step) => ({ case: { of: step }, step, role: 'value' }));
    const gather: Step = { ...stepNamed('g', []), inputs: { all: { type: 'gather', members } } };
    const inputs = { all: members.map(({ step }) => [`of=${step}`, outOf(step)] as const) };
    const parts = { ...traceOf(gather).parts, inputs };
    const steps = [stepNamed('a', []), stepNamed('b', []), gather];
    const given = { traces: { g: traceOf(gather, { parts }) }, audits: [said('a'), said('g')] };
    expect(trusts(steps, given)('g')).toMatchObject({ level: 'closed', limitedBy: ['b'] });
    expect(trusts(steps, { ...given, audits: [...given.audits, said('b')] })('g')?.level).toBe('reproduced');
  });

  test('in random graphs it is the minimum over all that a step needs', () => {
    const order = ['declared', 'closed', 'reproduced', 'attested'];
    for (let seed = 0; seed < 20; seed++) {
      const { steps, stream } = randomSteps(seed);
      const audits = steps.filter(() => stream.uniform() < 0.8).map(({ id }) => said(id));
      const trust = trusts(steps, { audits });
      const above = (id: string): string[] => {
        const step = steps.find((each) => each.id === id) as Step;
        const needs = Object.values(step.inputs).flatMap((input) =>
          input.type === 'artifact' ? [input.step] : [],
        );
        return [id, ...needs.flatMap(above)];
      };
      for (const { id } of steps) {
        const least = Math.min(...above(id).map((each) => order.indexOf(trust(each)?.own ?? 'declared')));
        expect(trust(id)?.level).toBe(order[least]);
      }
    }
  });
});
