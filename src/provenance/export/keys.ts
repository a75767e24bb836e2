/** Ed25519 keys: made, read from files, and named by their fingerprints. */
import { type KeyObject, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { type Digest, digestOf } from '../../base/digest.ts';
import { Fault } from '../../model/fault.ts';

/** A new pair as PEM text: the private half in PKCS #8, the public one as SubjectPublicKeyInfo. */
export function newKeyPair(): { readonly privateKey: string; readonly publicKey: string } {
  return generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}

/** The SHA-256 of the public key's DER bytes. Of a private key: that of its public half. */
export const publicDigest = (key: KeyObject): Digest => digestOf(publicDer(key));

/** SubjectPublicKeyInfo; of a private key that of its public half. */
export const publicDer = (key: KeyObject): Buffer => publicHalf(key).export({ type: 'spki', format: 'der' });

/** How a key is named: `ed25519:` and its digest. */
export const fingerprint = (key: KeyObject): string => `ed25519:${publicDigest(key)}`;

/** Whether `text` is written as a fingerprint is. */
export const isFingerprint = (text: string): boolean => /^ed25519:[0-9a-f]{64}$/.test(text);

const publicHalf = (key: KeyObject): KeyObject =>
  key.type === 'private' ? createPublicKey(key as never) : key;

export const publicPem = (key: KeyObject): string =>
  publicHalf(key).export({ type: 'spki', format: 'pem' }).toString();

/** A private key from its PEM text. Throws Fault `usage`; `file` is where the text is from. */
export function readPrivateKey(text: string, file: string): KeyObject {
  if (/BEGIN PUBLIC KEY/.test(text))
    throw new Fault(
      'usage',
      `${file} is a public key; signing needs the private one that was made with it${file.endsWith('.pub') ? ` (${file.slice(0, -4)})` : ''}`,
    );
  return ofRightSort(text, file, createPrivateKey);
}

/** A public key from PEM text; of a private key's text its public half. Throws Fault `usage`. */
export function readPublicKey(text: string, file: string): KeyObject {
  return ofRightSort(text, file, createPublicKey);
}

function ofRightSort(text: string, file: string, read: (text: string) => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = read(text);
  } catch {
    throw new Fault('usage', `${file} is no key in PEM form; \`colophon keygen\` makes a pair`);
  }
  if (key.asymmetricKeyType !== 'ed25519')
    throw new Fault(
      'usage',
      `${file} is a key for ${key.asymmetricKeyType}, and bundles are signed by ed25519; \`colophon keygen\` makes a pair`,
    );
  return key;
}
