/** Signs each execution of what is exported, so that the store remembers who vouched for it. */
import type { KeyObject } from 'node:crypto';
import type { SignatureRecord } from '../../model/audit.ts';
import { canonicalJson } from '../../model/json.ts';
import type { Trace } from '../../model/trace.ts';
import type { Content } from './content.ts';
import { signEnvelope } from './dsse.ts';
import { publicDigest } from './keys.ts';
import { type Statement, statementType } from './statement.ts';

/** Of a statement that this key gave these outs. */
export const executionPredicate = 'urn:colophon:execution:1';

/** One signature for each execution; `at` in milliseconds since 1970. */
export function signTraces({ traces }: Content, key: KeyObject, at: number): SignatureRecord[] {
  const signer = publicDigest(key);
  return [...traces.values()].map((trace) => {
    const payload = new TextEncoder().encode(`${canonicalJson(statementAbout(trace))}\n`);
    return { key: trace.key, attempt: trace.attempt, signer, envelope: signEnvelope(payload, key), at };
  });
}

function statementAbout({ step, key, attempt, outs }: Trace): Statement {
  return {
    _type: statementType,
    subject: Object.entries(outs).map(([role, { digest }]) => ({
      name: `${step}.${role}`,
      digest: { sha256: digest },
    })),
    predicateType: executionPredicate,
    predicate: { key, attempt },
  };
}
