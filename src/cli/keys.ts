/** Reads the keys that --key names. */
import type { KeyObject } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Fault } from '../model/fault.ts';
import { fingerprint, isFingerprint, readPrivateKey, readPublicKey } from '../provenance/export/keys.ts';

/** The private key in a file; says on stderr where others on this machine can read it. Throws Fault `usage`. */
export function privateKeyAt(file: string | undefined): KeyObject | undefined {
  if (file === undefined) return undefined;
  const key = readPrivateKey(textOf(file), file);
  if (process.platform !== 'win32' && (statSync(resolve(file)).mode & 0o077) !== 0)
    process.stderr.write(
      `warning: others on this machine can read ${file}; \`chmod 600 ${file}\` keeps it to you\n`,
    );
  return key;
}

/** The fingerprint that is trusted: as given, or of the public key in a file. Throws Fault `usage`. */
export function trustedKey(given: string | undefined): string | undefined {
  if (given === undefined || isFingerprint(given)) return given;
  if (given.startsWith('ed25519:'))
    throw new Fault('usage', `"${given}" is no fingerprint: expected ed25519: and 64 hexadecimal digits`);
  return fingerprint(readPublicKey(textOf(given), given));
}

function textOf(file: string): string {
  if (!existsSync(resolve(file)))
    throw new Fault('usage', `there is no key ${file}; \`colophon keygen\` makes a pair`);
  return readFileSync(resolve(file), 'utf8');
}
