/** `colophon export`: writes all behind a pipeline's results as one file that proves itself elsewhere. */
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { digestOf } from '../../base/digest.ts';
import { byteSize, counted } from '../../base/text.ts';
import { duration } from '../../base/time.ts';
import { writeWhole } from '../../disk/write.ts';
import { stageOf } from '../../model/case.ts';
import { Fault } from '../../model/fault.ts';
import type { SignatureRecord } from '../../model/audit.ts';
import type { WaitingStage } from '../../model/plan.ts';
import { signTraces } from '../../provenance/export/attest.ts';
import { type Bundle, makeBundle } from '../../provenance/export/bundle.ts';
import { collectContent, soundReader } from '../../provenance/export/collect.ts';
import type { Content } from '../../provenance/export/content.ts';
import { artifactPath, sealMark } from '../../provenance/export/format.ts';
import { fingerprint } from '../../provenance/export/keys.ts';
import { outsFinder } from '../../provenance/standing.ts';
import { collectReport } from '../../report/collect.ts';
import { reportPage } from '../../report/page.ts';
import { readCitation } from '../citation.ts';
import { privateKeyAt } from '../keys.ts';
import { print, printJson } from '../output.ts';
import { type Reading, withPlan } from '../reading.ts';
import { type ProjectFlags, findPipeline, openSite } from '../site.ts';
import { version } from '../tool.ts';

export interface ExportFlags extends ProjectFlags {
  readonly out?: string | undefined;
  readonly key?: string | undefined;
  readonly citation?: string | undefined;
  readonly json?: boolean;
}

/** Writes `--out`, or PIPELINE.zip here. Rejects with Fault `usage` where something is not up to date. */
export async function exportCommand(targets: readonly string[], flags: ExportFlags): Promise<void> {
  const started = Date.now();
  const key = privateKeyAt(flags.key);
  const { content, bundle, path } = await withPlan(flags, targets, (reading) => {
    const { root, store } = reading.context;
    const { pipeline } = reading;
    const path = resolve(
      flags.out ??
        `${pipeline.name}${pipeline.publishes ? '' : `-${pipeline.profile.replace(/[^\w.-]+/g, '-')}`}.zip`,
    );
    refuseOther(path);
    const { citation, text } = readCitation(root, flags.citation, pipeline.name);
    const { plan } = reading.seen;
    const content = collectContent({
      version,
      pipeline,
      store,
      planned: plan.steps,
      waiting: concerning(targets, reading.seen.waiting()),
      targets,
      citation,
    });
    const texts = {
      pipeline: readFileSync(findPipeline(process.cwd(), flags.file)),
      ...optional('lock', fileIn(root, 'pipeline.lock')),
      ...optional('citation', text),
      ...optional('report', targets.length === 0 ? reportOf(reading, content) : undefined),
    };
    return { content, bundle: makeBundle({ content, read: soundReader(store), texts, key }), path };
  });
  writeWhole(path, bundle.bytes);
  if (key !== undefined) await rememberSignatures(flags, signTraces(content.traces.values(), key, started));
  tell(content, bundle, path, {
    key: key && fingerprint(key),
    given: flags.key,
    wall: Date.now() - started,
    json: flags.json,
  });
}

/** What is signed counts as attested from now on (see trust). */
async function rememberSignatures(flags: ExportFlags, signatures: readonly SignatureRecord[]): Promise<void> {
  const { store } = openSite(flags);
  try {
    await store.audits.sign(signatures);
  } finally {
    await store.close();
  }
}

/** Stages whose steps are not known yet, as far as the targets ask for them. */
function concerning(targets: readonly string[], waiting: readonly WaitingStage[]): readonly WaitingStage[] {
  if (targets.length === 0 || targets.some((target) => target.endsWith('^'))) return waiting;
  const named = new Set(targets.map(stageOf));
  return waiting.filter(({ stage }) => named.has(stage));
}

function optional<N extends string>(name: N, bytes: Uint8Array | undefined): Partial<Record<N, Uint8Array>> {
  return bytes === undefined ? {} : ({ [name]: bytes } as Record<N, Uint8Array>);
}

function fileIn(root: string, name: string): Uint8Array | undefined {
  const path = join(root, name);
  return existsSync(path) ? readFileSync(path) : undefined;
}

/** The report, with links to the bundle's own files. */
function reportOf(reading: Reading, { published, traces }: Content): Uint8Array {
  const { pipeline, context, seen } = reading;
  // Trust is for whoever verifies to find out; here it would also change with every audit.
  const trust = () => undefined;
  const data = collectReport({ pipeline, store: context.store, seen, find: outsFinder(reading), trust });
  const outs = [...traces.values()].flatMap((trace) => Object.values(trace.outs));
  const link = (path: string): string => {
    const digest = published.find((each) => each.path === path)?.digest;
    const out = outs.find((each) => each.digest === digest);
    return out === undefined ? '' : artifactPath(out.digest, out.extension);
  };
  return new TextEncoder().encode(reportPage(data, link));
}

/** An earlier bundle gives way; anything else is somebody's. */
function refuseOther(path: string): void {
  if (!existsSync(path) || endsAsBundle(path)) return;
  throw new Fault(
    'usage',
    `${relative(process.cwd(), path)} is there already and is no bundle, so it is left alone; choose another name with --out`,
  );
}

function endsAsBundle(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const length = sealMark.length + 64;
    const { size } = fstatSync(file);
    const end = Buffer.alloc(length);
    return (
      size > length &&
      readSync(file, end, 0, length, size - length) === length &&
      end.toString('latin1').startsWith(sealMark)
    );
  } finally {
    closeSync(file);
  }
}

/** The public half beside the private one, where it is still there. */
const publicName = (given: string | undefined, key: string): string =>
  given !== undefined && existsSync(resolve(`${given}.pub`)) ? `${given}.pub` : key;

interface Telling {
  readonly key: string | undefined;
  /** The file of the key, as typed. */
  readonly given: string | undefined;
  readonly wall: number;
  readonly json: boolean | undefined;
}

function tell(
  content: Content,
  { bytes, entries }: Bundle,
  path: string,
  { key, given, wall, json }: Telling,
): void {
  const name = relative(process.cwd(), path) || basename(path);
  const { steps, judgements, absent, citation } = content;
  if (json) {
    const sizes = {
      bytes: bytes.length,
      entries: entries.length,
      steps: steps.length,
      claims: judgements.length,
    };
    return printJson({ path, sha256: digestOf(bytes), ...sizes, signer: key ?? null, wall });
  }
  print([
    `wrote ${name} (${byteSize(bytes.length)}) in ${duration(wall)}: ${counted(steps.length, 'step')}, ${counted(judgements.length, 'claim')}, ${counted(entries.length, 'file')}`,
    key === undefined
      ? 'not signed: nobody can tell who made it; `colophon keygen` makes a key, `colophon export --key colophon.key` signs with it'
      : `signed by ${key}`,
    ...(absent.length > 0
      ? [
          `without ${counted(absent.length, 'input')} that ${absent.length === 1 ? 'is' : 'are'} declared \`pin: false\`: steps that take them cannot be repeated from the bundle`,
        ]
      : []),
    ...(citation.authors.length === 0
      ? ['it names no authors: put a CITATION.cff beside pipeline.yaml, or give one with --citation']
      : []),
    `verify it anywhere: colophon verify ${name}${key === undefined ? '' : ` --key ${publicName(given, key)}`}`,
  ]);
}
