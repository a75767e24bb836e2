/** Lays a command's inputs out in its scratch folder, and checks afterwards that none was written to. */
import { type BigIntStats, constants, existsSync, statSync } from 'node:fs';
import { chmod, copyFile, link, mkdir, open, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Digest } from '../base/digest.ts';
import { invariant } from '../base/invariant.ts';
import { hashFile } from '../disk/hashing.ts';
import { formatCase } from '../model/case.ts';
import type { Content, Input, OneInput, Work } from '../model/executor.ts';

export interface Scratch {
  /** Role to its path relative to the scratch folder; of a gather or a folder, the folder's. */
  readonly paths: Readonly<Record<string, string>>;
  /** Every file laid out, relative to the scratch folder. */
  readonly files: ReadonlySet<string>;
  /** Files too large to copy, of which the scratch folder holds a second name. */
  readonly linked: readonly Linked[];
}

interface Linked {
  readonly role: string;
  readonly digest: Digest;
  readonly path: string;
  readonly before: BigIntStats;
}

interface Placement {
  readonly role: string;
  readonly path: string;
  readonly digest: Digest;
  readonly content: Content;
  /** Undefined for a file whose identity has no executable bit. */
  readonly executable: boolean | undefined;
}

type CommandWork = Extract<Work, { type: 'command' }>;
type Inputs = Readonly<Record<string, Input>>;

/** Files up to this size are copied; a larger one is linked, which costs a check of what it holds afterwards. */
const largestCopy = 64 * 2 ** 20;

/** Thrown where two deps need one path. */
export class ScratchError extends Error {}

/** Copies or links every input into `folder`. Throws {@link ScratchError} where two deps need one path. */
export async function layOut(
  work: CommandWork,
  inputs: Inputs,
  folder: string,
  largest = largestCopy,
): Promise<Scratch> {
  const paths: Record<string, string> = {};
  const owners = new Map<string, string>();
  const linked: Linked[] = [];
  for (const [role, input] of Object.entries(inputs)) {
    const path = (paths[role] = pathOf(work, role, input));
    if (input.type === 'folder') await mkdir(join(folder, path), { recursive: true });
    for (const placement of placementsOf(role, path, input)) {
      claim(owners, placement);
      const target = join(folder, placement.path);
      await mkdir(dirname(target), { recursive: true });
      if (await place(placement, target, largest)) linked.push(await linkedOf(placement));
    }
  }
  return { paths, files: new Set(owners.keys()), linked };
}

function pathOf(work: CommandWork, role: string, input: Input): string {
  const source = work.sources[role];
  if (source !== undefined) return source;
  return input.type === 'one' ? `in/${role}${suffix(input)}` : `in/${role}`;
}

const suffix = (input: OneInput): string =>
  input.type === 'one' && input.extension !== '' ? `.${input.extension}` : '';

function placementsOf(role: string, path: string, input: Input): Placement[] {
  if (input.type === 'gather')
    return input.members.flatMap((member) =>
      placementsOf(role, `${path}/${formatCase(member.case)}${suffix(member.input)}`, member.input),
    );
  if (input.type === 'one')
    return [{ role, path, executable: undefined, digest: input.digest, content: input.content }];
  return input.entries.map((entry) => ({ ...entry, role, path: `${path}/${entry.path}` }));
}

function claim(owners: Map<string, string>, { role, path }: Placement): void {
  const owner = owners.get(path);
  if (owner !== undefined)
    throw new ScratchError(`deps "${owner}" and "${role}" both need the path ${path}; rename one`);
  invariant(
    !path.split('/').includes('..') && !path.startsWith('/'),
    `${path} leads out of the scratch folder`,
  );
  owners.set(path, role);
}

/** True where the file was linked rather than copied. */
async function place({ content, executable }: Placement, target: string, largest: number): Promise<boolean> {
  if (content.type === 'bytes') await writeFile(target, content.bytes);
  else if ((await stat(content.path)).size > largest && (await isLinked(content.path, target))) return true;
  else await copyFile(content.path, target, constants.COPYFILE_FICLONE);
  await chmod(target, (executable ?? (await startsAsScript(target))) ? 0o755 : 0o644);
  return false;
}

/** Another file system, or one without links, asks for a copy after all. */
function isLinked(path: string, target: string): Promise<boolean> {
  return link(path, target).then(
    () => true,
    () => false,
  );
}

/** A file by itself has no executable bit in its identity, so its content has to say that it is to be run. */
async function startsAsScript(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.toString('latin1') === '#!';
  } finally {
    await file.close();
  }
}

async function linkedOf({ role, digest, content }: Placement): Promise<Linked> {
  invariant(content.type === 'file', 'only files are linked');
  return { role, digest, path: content.path, before: await stat(content.path, { bigint: true }) };
}

/** Those linked files that hold other bytes than before. Only one whose stat changed is read. */
export async function writtenTo(linked: readonly Linked[]): Promise<Linked[]> {
  const written: Linked[] = [];
  for (const file of linked) if (!isUntouched(file) && !(await holds(file))) written.push(file);
  return written;
}

function isUntouched({ path, before }: Linked): boolean {
  const now = statSync(path, { bigint: true, throwIfNoEntry: false });
  const fields = ['ino', 'size', 'mtimeNs', 'ctimeNs'] as const;
  return fields.every((field) => now?.[field] === before[field]);
}

async function holds({ path, digest }: Linked): Promise<boolean> {
  return existsSync(path) && (await hashFile(path)).digest === digest;
}
