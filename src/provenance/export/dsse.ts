/** Envelopes that carry a signed statement: DSSE (github.com/secure-systems-lab/dsse), signed by Ed25519. */
import { type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson } from '../../model/json.ts';
import { fingerprint } from './keys.ts';

export const payloadType = 'application/vnd.in-toto+json';

interface Envelope {
  readonly payloadType: string;
  /** Base64. */
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** The bytes that are signed: DSSE's pre-authentication encoding. */
export function signedBytes(type: string, payload: Uint8Array): Uint8Array {
  const head = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

/** The envelope's text. Ed25519 draws no random number: the same statement and key give the same text. */
export function signEnvelope(payload: Uint8Array, key: KeyObject): string {
  const sig = sign(null, signedBytes(payloadType, payload), key).toString('base64');
  const envelope: Envelope = {
    payloadType,
    payload: Buffer.from(payload).toString('base64'),
    signatures: [{ keyid: fingerprint(key), sig }],
  };
  return `${canonicalJson(envelope)}\n`;
}

type Opened =
  | { readonly type: 'sound'; readonly payload: Uint8Array }
  | { readonly type: 'forged'; readonly because: string };

/** The payload, where the one signature is `key`'s and covers it; says else what is wrong. */
export function openEnvelope(text: string, key: KeyObject): Opened {
  const envelope = parse(text);
  if (typeof envelope === 'string') return { type: 'forged', because: envelope };
  const [signature, ...others] = envelope.signatures;
  if (signature === undefined || others.length > 0)
    return { type: 'forged', because: `it has ${envelope.signatures.length} signatures, expected one` };
  if (signature.keyid !== fingerprint(key))
    return { type: 'forged', because: `it names the key ${signature.keyid}, the bundle holds another` };
  const payload = Buffer.from(envelope.payload, 'base64');
  const isSound = verify(
    null,
    signedBytes(envelope.payloadType, payload),
    key,
    Buffer.from(signature.sig, 'base64'),
  );
  return isSound
    ? { type: 'sound', payload }
    : { type: 'forged', because: 'the signature is not of this statement by this key' };
}

/** The envelope, or what is wrong with it. Only the one spelling that {@link signEnvelope} writes is taken. */
function parse(text: string): Envelope | string {
  try {
    const envelope = JSON.parse(text) as Envelope;
    const { payload, signatures } = envelope;
    if (envelope.payloadType !== payloadType) return `its payload is ${envelope.payloadType}`;
    const isPlain = (base64: string) => Buffer.from(base64, 'base64').toString('base64') === base64;
    const spelled = [payload, ...signatures.map(({ sig }) => sig)].every(isPlain);
    return spelled && `${canonicalJson(envelope)}\n` === text ? envelope : 'it is spelled in another way';
  } catch {
    return 'it is no DSSE envelope';
  }
}
