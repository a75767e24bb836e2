/** Keys and envelopes: what is signed is exactly what DSSE says, and nothing but the right key opens it. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openEnvelope, payloadType, signEnvelope, signedBytes } from '../../../src/provenance/export/dsse.ts';
import {
  fingerprint,
  isFingerprint,
  newKeyPair,
  publicPem,
  readPrivateKey,
  readPublicKey,
} from '../../../src/provenance/export/keys.ts';

const encode = (text: string) => new TextEncoder().encode(text);
/** RFC 8032, section 7.1, test 1: the seed of all nines and so on, as PKCS #8. */
const known = createPrivateKey({
  key: Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex'),
  ]),
  format: 'der',
  type: 'pkcs8',
});

describe('the bytes that are signed', () => {
  test("are DSSE's pre-authentication encoding, as its specification spells it", () => {
    const bytes = signedBytes('http://example.com/HelloWorld', encode('hello world'));
    expect(Buffer.from(bytes).toString()).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  });

  test('count bytes, not characters', () => {
    expect(Buffer.from(signedBytes('é', encode('ä€'))).toString()).toBe('DSSEv1 2 é 5 ä€');
  });
});

describe('an envelope', () => {
  const text = signEnvelope(encode('{"a":1}'), known);
  const publicKey = createPublicKey(known);

  test('is opened by its key', () => {
    expect(openEnvelope(text, publicKey)).toEqual({ type: 'sound', payload: Buffer.from('{"a":1}') });
  });

  test('is the same each time it is signed', () => {
    expect(signEnvelope(encode('{"a":1}'), known)).toBe(text);
  });

  test('can be checked by anyone who knows DSSE and Ed25519', () => {
    const { payload, signatures } = JSON.parse(text) as { payload: string; signatures: { sig: string }[] };
    const body = Buffer.from(payload, 'base64');
    const signed = Buffer.concat([
      Buffer.from(`DSSEv1 28 application/vnd.in-toto+json ${body.length} `),
      body,
    ]);
    expect(verify(null, signed, publicKey, Buffer.from(signatures[0]?.sig ?? '', 'base64'))).toBe(true);
  });

  test.each([
    [
      'another payload',
      (e: Parts) => ({ ...e, payload: Buffer.from('{"a":2}').toString('base64') }),
      'not of this statement',
    ],
    ['another type', (e: Parts) => ({ ...e, payloadType: 'text/plain' }), 'its payload is text/plain'],
    ['no signature', (e: Parts) => ({ ...e, signatures: [] }), 'it has 0 signatures, expected one'],
    [
      'two signatures',
      (e: Parts) => ({ ...e, signatures: [...e.signatures, ...e.signatures] }),
      'it has 2 signatures',
    ],
    ['a field too many', (e: Parts) => ({ ...e, signatures: 'none' as never }), 'it is no DSSE envelope'],
  ])('with %s is forged', (_, change, because) => {
    const { canonical, parts } = spelled(text);
    const opened = openEnvelope(canonical(change(parts)), publicKey);
    expect(opened).toMatchObject({ type: 'forged', because: expect.stringContaining(because) as string });
  });

  test('that is nonsense is forged, and no crash', () => {
    for (const nonsense of ['', '[]', 'null', '{}', '{"payload":3}', text.slice(5)])
      expect(openEnvelope(nonsense, publicKey).type).toBe('forged');
  });
});

interface Parts {
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** The envelope's parts, and how it is spelled from them: names sorted, a line feed at the end. */
function spelled(text: string) {
  const parts = JSON.parse(text) as Parts;
  const canonical = ({ payload, payloadType: type, signatures }: Parts) =>
    `${JSON.stringify({ payload, payloadType: type, signatures })}\n`;
  expect(canonical(parts)).toBe(text);
  expect(parts.payloadType).toBe(payloadType);
  return { parts, canonical };
}

describe('a key', () => {
  const { privateKey, publicKey } = newKeyPair();

  test('has one fingerprint, told from either half', () => {
    const name = fingerprint(readPrivateKey(privateKey, 'k'));
    expect(name).toBe(fingerprint(readPublicKey(publicKey, 'k.pub')));
    expect(isFingerprint(name)).toBe(true);
    expect(publicPem(readPrivateKey(privateKey, 'k'))).toBe(publicKey);
    expect(fingerprint(readPublicKey(newKeyPair().publicKey, 'other'))).not.toBe(name);
  });

  test('of another sort is refused by its name', () => {
    const rsa = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => readPrivateKey(pem, 'ec.key')).toThrow(
      'ec.key is a key for ec, and bundles are signed by ed25519',
    );
    expect(() => readPublicKey('hello', 'note')).toThrow('note is no key in PEM form');
    expect(() => readPrivateKey(publicKey, 'my.pub')).toThrow(
      'my.pub is a public key; signing needs the private one that was made with it (my)',
    );
  });
});
