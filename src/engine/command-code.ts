/** The identity of a command as bytes: its words as declared and where it leaves its outs, to be read back years later. */
import { type Canonical, decodeCanonical } from '../base/canonical.ts';
import type { ArgumentPart, Computation, StageDeclaration } from '../model/pipeline.ts';

interface CommandCode {
  readonly argv: readonly (readonly ArgumentPart[])[];
  /** Role to the path below the scratch folder. */
  readonly paths: Readonly<Record<string, string>>;
}

type Command = Extract<Computation, { type: 'command' }>;

/** Where a command leaves each out. */
export function outPaths({ outs }: Pick<StageDeclaration, 'outs'>): Record<string, string> {
  return Object.fromEntries(Object.entries(outs).map(([role, out]) => [role, out.path ?? role]));
}

/** What the digest of a command's code is made of. */
export function commandCode(stage: Pick<StageDeclaration, 'outs'>, { argv }: Command): Canonical {
  return ['command', argv.map((parts) => parts.map((part) => ({ ...part }))), outPaths(stage)];
}

/** The inverse. Throws TypeError where the bytes are no command's code. */
export function readCommandCode(bytes: Uint8Array): CommandCode {
  const value = decodeCanonical(bytes);
  if (!Array.isArray(value) || value[0] !== 'command') throw new TypeError('these bytes are no command');
  return { argv: value[1] as CommandCode['argv'], paths: value[2] as CommandCode['paths'] };
}
