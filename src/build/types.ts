/** Writes the type declarations of the public library to dist/types. */
import { join } from 'node:path';
import { execa } from 'execa';

const root = join(import.meta.dirname, '../..');

/** Runs the compiler for declarations only. Throws with its diagnostics. */
export async function buildTypes(): Promise<void> {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  await execa(process.execPath, [compiler, '-p', 'src/build/tsconfig.types.json'], {
    cwd: root,
    stdio: 'inherit',
  });
}
