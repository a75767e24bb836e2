/** Judges who vouches for a bundle: whether the statement is signed, by which key, and speaks of this very bundle. */
import { digestOf } from '../../base/digest.ts';
import { shortDigest } from '../../base/text.ts';
import { Fault } from '../../model/fault.ts';
import { openEnvelope } from '../export/dsse.ts';
import { names } from '../export/format.ts';
import type { Holding } from '../export/holdings.ts';
import { fingerprint, readPublicKey } from '../export/keys.ts';
import { type Statement, predicateType, statementType, subjectsOf } from '../export/statement.ts';
import type { Finding } from './finding.ts';

export type Signer =
  | { readonly type: 'nobody' }
  /** Signed, but by a key that nobody has vouched for here. */
  | { readonly type: 'unknown'; readonly key: string }
  /** By the key that was asked for. */
  | { readonly type: 'trusted'; readonly key: string }
  /** There is a signature, and it does not hold. */
  | { readonly type: 'forged' };

interface SignatureVerdict {
  readonly signer: Signer;
  readonly findings: readonly Finding[];
}

type Entries = ReadonlyMap<string, Uint8Array>;

/** `wanted` is the fingerprint of the key that is trusted; `holdings` what the bundle should hold, if that is known. */
export function checkSignature(
  entries: Entries,
  wanted: string | undefined,
  holdings: ReadonlyMap<string, Holding> | undefined,
): SignatureVerdict {
  const opened = open(entries, wanted);
  const findings = [...opened.findings];
  if (opened.payload !== undefined)
    findings.push(...statementFindings(opened.payload, entries, holdings, opened.name));
  return { signer: opened.signer, findings };
}

interface OpenedStatement extends SignatureVerdict {
  readonly payload?: Uint8Array | undefined;
  readonly name: string;
}

function open(entries: Entries, wanted: string | undefined): OpenedStatement {
  const envelope = entries.get(names.envelope);
  const plain = entries.get(names.statement);
  if (envelope !== undefined && plain !== undefined)
    return forged('there is a signed statement and an unsigned one: only one can be meant');
  if (envelope !== undefined) return openSigned(entries, envelope, wanted);
  const findings =
    wanted === undefined
      ? []
      : [about(`nobody has signed it, and --key asks for the signature of ${wanted}`)];
  if (plain !== undefined)
    return { signer: { type: 'nobody' }, findings, payload: plain, name: names.statement };
  return {
    signer: { type: 'nobody' },
    findings: [...findings, about('it has no statement: the signature was removed, or never made')],
    name: names.statement,
  };
}

function openSigned(entries: Entries, envelope: Uint8Array, wanted: string | undefined): OpenedStatement {
  const pem = entries.get(names.signer);
  if (pem === undefined) return forged(`the key of the signature, ${names.signer}, is missing`);
  try {
    const key = readPublicKey(new TextDecoder().decode(pem), names.signer);
    const opened = openEnvelope(new TextDecoder().decode(envelope), key);
    if (opened.type === 'forged') return forged(`forged: ${opened.because}`);
    const { payload } = opened;
    return { ...judge(fingerprint(key), wanted), payload, name: names.envelope };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return forged(error.message);
  }
}

function judge(key: string, wanted: string | undefined): SignatureVerdict {
  if (wanted === undefined) return { signer: { type: 'unknown', key }, findings: [] };
  if (wanted === key) return { signer: { type: 'trusted', key }, findings: [] };
  const message = `it is signed by ${key}, expected ${wanted}: somebody else made it`;
  return { signer: { type: 'unknown', key }, findings: [about(message)] };
}

const about = (message: string, where: string = names.envelope): Finding => ({
  check: 'signature',
  where,
  message,
});

const forged = (message: string): OpenedStatement => ({
  signer: { type: 'forged' },
  findings: [about(message)],
  name: names.envelope,
});

/** The statement's subjects are this manifest and exactly the artifacts. */
function statementFindings(
  payload: Uint8Array,
  entries: Entries,
  holdings: ReadonlyMap<string, Holding> | undefined,
  name: string,
): Finding[] {
  const statement = parseStatement(payload);
  if (typeof statement === 'string') return [about(statement, name)];
  const told = new Map(statement.subject.map(({ name: path, digest }) => [path, digest.sha256]));
  const manifest = entries.get(names.manifest);
  const found = manifest === undefined ? 'nothing' : digestOf(manifest);
  const findings: Finding[] = [];
  if (told.get(names.manifest) !== found)
    findings.push(
      about(
        `it speaks of a manifest ${shortDigest(told.get(names.manifest) ?? 'nothing')}, the bundle's is ${shortDigest(found)}: the bundle was changed after it`,
        name,
      ),
    );
  if (holdings === undefined) return findings;
  const expected = subjectsOf(holdings);
  const other = expected.filter(({ name: path, digest }) => told.get(path) !== digest.sha256).length;
  if (other > 0 || told.size !== expected.length + 1)
    findings.push(
      about(
        `its subjects are not the bundle's artifacts: ${told.size - 1} named, ${expected.length} there, ${other} of them otherwise`,
        name,
      ),
    );
  return findings;
}

function parseStatement(payload: Uint8Array): Statement | string {
  try {
    const statement = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)) as Statement;
    if (statement._type !== statementType)
      return `it is no in-toto statement: its type is ${statement._type}`;
    if (statement.predicateType !== predicateType) return `its predicate is ${statement.predicateType}`;
    const isPlain = statement.subject.every(
      ({ name, digest }) => typeof name === 'string' && typeof digest.sha256 === 'string',
    );
    return isPlain ? statement : 'its subjects have no names or digests';
  } catch {
    return 'it cannot be read as an in-toto statement';
  }
}
