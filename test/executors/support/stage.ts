/** Makes what the executors are given: the worker's program, bundles of stages written in a test, orders. */
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { digestOf, digestOfValue } from '../../../src/base/digest.ts';
import type { Order } from '../../../src/model/executor.ts';

const root = join(import.meta.dirname, '../../..');
const source = (path: string): string => join(root, 'src', path);

export interface StageOptions {
  readonly random?: boolean;
  /** Packages that are left out of the bundle. */
  readonly external?: readonly string[];
}

/** A folder of one test file, removed by `remove`. */
export interface Bench {
  readonly folder: string;
  /** Bundles the worker's program; gives its path. */
  readonly worker: () => Promise<string>;
  /** Bundles a stage given as TypeScript text, which may import `colophon/kind` and `colophon/stage`. */
  readonly stage: (text: string, options?: StageOptions) => Promise<Order['work']>;
  /** An order with a folder of its own. */
  readonly order: (work: Order['work'], more?: Partial<Order>) => Order;
  readonly remove: () => void;
}

export function makeBench(): Bench {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'colophon-')));
  let orders = 0;
  return {
    folder,
    worker: () => bundleWorker(folder),
    stage: (text, options) => bundleStage(folder, text, options ?? {}),
    order: (work, more) => ({
      attempt: `attempt-${++orders}`,
      step: 'stage',
      work,
      params: {},
      case: {},
      inputs: {},
      effects: [],
      limits: {},
      folder: join(folder, `attempt-${orders}`),
      ...more,
    }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function bundleWorker(folder: string): Promise<string> {
  const outfile = join(folder, 'program', 'worker.js');
  const entryPoints = [source('executors/worker-entry.ts')];
  await build({ entryPoints, outfile, bundle: true, format: 'esm', platform: 'node', target: 'node22' });
  return outfile;
}

async function bundleStage(folder: string, text: string, options: StageOptions): Promise<Order['work']> {
  const name = digestOfValue(text).slice(0, 12);
  const file = join(folder, 'project/stages', `${name}.ts`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text.replaceAll('STAGE', name));
  const random = options.random === true ? 'randomStream' : 'undefined';
  const entry = `import * as stage from './stages/${name}.ts';
    import { executeStage, randomStream } from ${JSON.stringify(source('model/stage-runtime.ts'))};
    export const execute = (call) => executeStage(stage.run, stage.deps, stage.outs, ${random}, call);`;
  const result = await build({
    stdin: { contents: entry, resolveDir: join(folder, 'project'), sourcefile: '<entry>', loader: 'ts' },
    absWorkingDir: join(folder, 'project'),
    outfile: 'bundle.js',
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    external: ['node:*', ...(options.external ?? [])],
    alias: { 'colophon/kind': source('model/kind.ts'), 'colophon/stage': source('model/stage.ts') },
    supported: { 'exponent-operator': false },
    target: 'es2023',
    minifyWhitespace: true,
    sourcemap: 'external',
    logLevel: 'silent',
  });
  return writeBundle(folder, result.outputFiles);
}

function writeBundle(folder: string, files: readonly { path: string; text: string }[]): Order['work'] {
  const text = (end: string) => files.find((file) => file.path.endsWith(end))?.text ?? '';
  const digest = digestOf(text('.js'));
  const path = join(folder, 'objects', digest);
  mkdirSync(dirname(path), { recursive: true });
  // As in a store: once it is there it is never written again, since a worker may be reading it.
  if (!existsSync(path)) {
    writeFileSync(`${path}.map`, text('.map'));
    writeFileSync(path, text('.js'));
  }
  return { type: 'bundle', digest, path, sourceMap: `${path}.map` };
}
