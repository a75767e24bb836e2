/** `colophon keygen`: makes a pair of keys to sign bundles with; overwrites nothing. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Fault } from '../../model/fault.ts';
import { fingerprint, newKeyPair, readPublicKey } from '../../provenance/export/keys.ts';
import { print, printJson, stdoutStyle } from '../output.ts';

export interface KeygenFlags {
  readonly out?: string | undefined;
  readonly json?: boolean;
}

const usual = 'colophon.key';

/** Writes FILE (for its owner alone) and FILE.pub. Rejects with Fault `usage` where one of them is there already. */
export async function keygenCommand(flags: KeygenFlags): Promise<void> {
  const name = flags.out ?? usual;
  const path = resolve(name);
  for (const file of [name, `${name}.pub`])
    if (existsSync(resolve(file)))
      throw new Fault(
        'usage',
        `${file} is there already, and a key is never overwritten; choose another name with --out`,
      );
  const { privateKey, publicKey } = newKeyPair();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, privateKey, { flag: 'wx', mode: 0o600 });
  writeFileSync(`${path}.pub`, publicKey, { flag: 'wx' });
  const key = fingerprint(readPublicKey(publicKey, name));
  if (flags.json) printJson({ privateKey: path, publicKey: `${path}.pub`, fingerprint: key });
  else print(nextLines(name, key, isInRepository(dirname(path))));
}

function isInRepository(folder: string): boolean {
  return existsSync(join(folder, '.git')) || (dirname(folder) !== folder && isInRepository(dirname(folder)));
}

function nextLines(name: string, key: string, inRepository: boolean): string[] {
  const style = stdoutStyle();
  const secret = inRepository
    ? `keep it to yourself, and out of the repository: echo ${JSON.stringify(name)} >> .gitignore`
    : 'keep it to yourself: whoever has it can sign in your name';
  return [
    `made ${name}: ${secret}`,
    `made ${name}.pub: give it to whoever is to verify, or tell them its fingerprint:`,
    `  ${style.accent(key)}`,
    '',
    'Now type',
    `  ${style.accent(`colophon export --key ${name}`)}`,
  ];
}
