/** Statements about single executions: signed when they are exported, and checked whenever the store shows them. */
import { type KeyObject, createPublicKey } from 'node:crypto';
import type { SignatureRecord } from '../../model/audit.ts';
import { canonicalJson } from '../../model/json.ts';
import type { Trace } from '../../model/trace.ts';
import { openEnvelope, signEnvelope } from './dsse.ts';
import { publicDer, publicDigest } from './keys.ts';
import { type Statement, statementType } from './statement.ts';

/** Of a statement that this key gave these outs. */
const executionPredicate = 'urn:colophon:execution:1';

/** One signature for each execution; `at` in milliseconds since 1970. */
export function signTraces(traces: Iterable<Trace>, key: KeyObject, at: number): SignatureRecord[] {
  const signer = publicDigest(key);
  return [...traces].map((trace) => ({
    key: trace.key,
    attempt: trace.attempt,
    signer,
    at,
    envelope: signEnvelope(payloadAbout(trace, key), key),
  }));
}

/**
 * What is wrong with a signature that the store holds of a trace; undefined where it is by the signer that it names,
 * of just these outs. The public key is in the statement: who signs speaks of the key as well.
 */
export function signatureFault({ envelope, signer }: SignatureRecord, trace: Trace): string | undefined {
  const key = namedKey(envelope);
  if (key === undefined) return 'it does not carry the key to check it by';
  if (publicDigest(key) !== signer) return 'it carries the key of another signer';
  const opened = openEnvelope(envelope, key);
  if (opened.type === 'forged') return opened.because;
  const isOfTrace = Buffer.compare(opened.payload, payloadAbout(trace, key)) === 0;
  return isOfTrace ? undefined : 'it is of another execution, or of other outs';
}

function payloadAbout({ step, key, attempt, outs }: Trace, signer: KeyObject): Uint8Array {
  const statement: Statement = {
    _type: statementType,
    subject: Object.entries(outs).map(([role, { digest }]) => ({
      name: `${step}.${role}`,
      digest: { sha256: digest },
    })),
    predicateType: executionPredicate,
    predicate: { key, attempt, publicKey: publicDer(signer).toString('base64') },
  };
  return new TextEncoder().encode(`${canonicalJson(statement)}\n`);
}

/** The key that the statement inside of an envelope says it is signed with. */
function namedKey(envelope: string): KeyObject | undefined {
  try {
    const { payload } = JSON.parse(envelope) as { readonly payload: string };
    const statement = JSON.parse(Buffer.from(payload, 'base64').toString()) as {
      readonly predicate: { readonly publicKey: string };
    };
    const der = Buffer.from(statement.predicate.publicKey, 'base64');
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}
