/** `colophon init`: makes a small pipeline to try, and overwrites nothing. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { listed } from '../../base/text.ts';
import { pipelineSchema } from '../../config/schema.ts';
import { Fault } from '../../model/fault.ts';
import { firstFiles } from '../init/files.ts';
import { print, stdoutStyle } from '../output.ts';
import type { Style } from '../view/style.ts';

/** As the user types it: a package that is installed in a project alone is reached through npx. */
const typed = () => (process.env['npm_command'] === 'exec' ? 'npx colophon' : 'colophon');

/** Makes the files in `folder`, or here. Rejects with Fault `usage` where one of them is there already. */
export async function initCommand(folder: string | undefined): Promise<void> {
  const root = resolve(folder ?? '.');
  const schema = `${JSON.stringify(pipelineSchema(), undefined, 2)}\n`;
  const files = { ...firstFiles(pipelineName(root)), 'pipeline.schema.json': schema };
  const there = Object.keys(files).filter((path) => existsSync(join(root, path)));
  if (there.length > 0)
    throw new Fault(
      'usage',
      `${listed(there)} ${there.length === 1 ? 'is' : 'are'} there already, and nothing is overwritten; \`colophon init my-paper\` makes a folder of its own`,
    );
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { flag: 'wx' });
  }
  const ignored = ignoreStore(root);
  const made = [...Object.keys(files), ...(ignored ? ['.gitignore'] : [])];
  print(nextLines(made, folder, stdoutStyle()));
}

/** A name that a pipeline may have, from that of its folder. */
function pipelineName(root: string): string {
  const name = basename(root)
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[^A-Za-z]+|-+$/g, '');
  return name === '' ? 'first' : name;
}

/** Adds the store to .gitignore; false where it is there already. */
function ignoreStore(root: string): boolean {
  const path = join(root, '.gitignore');
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (before.split(/\r?\n/).some((line) => /^\/?\.colophon\/?$/.test(line.trim()))) return false;
  const text = before === '' || before.endsWith('\n') ? before : `${before}\n`;
  writeFileSync(path, `${text}.colophon/\n`);
  return true;
}

function nextLines(made: readonly string[], folder: string | undefined, style: Style): string[] {
  const name = typed();
  const line = (rest: string, says: string) =>
    `  ${style.accent(`${name} ${rest}`.padEnd(name.length + 12))}  ${says}`;
  return [
    `made ${listed(made)}`,
    '',
    'Now type',
    ...(folder === undefined ? [] : [`  ${style.accent(`cd ${folder}`)}`]),
    line('run', 'makes results/orbit.csv and results/orbit.svg, and judges the claim'),
    line('where 0.799', 'says where that number comes from'),
    '',
    'Then change "rate: 3.2" in pipeline.yaml to 3.9, and',
    line('plan', 'says what would be executed again, and why'),
    line('run', 'executes it; the claim fails now'),
    '',
    'For stages of your own',
    line('help stage', 'prints one to begin with, and the lines that name it in pipeline.yaml'),
  ];
}
