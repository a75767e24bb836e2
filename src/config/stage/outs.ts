/** Reads what a stage makes: for a command where it leaves each out, for a stage file how results are compared. */
import type { Comparison, DepDeclaration, OutDeclaration } from '../../model/pipeline.ts';
import { complain, type Context, type StageText } from '../context.ts';
import { isWithin, projectPath } from './path.ts';
import type { RawOut } from '../shape/stage.ts';

/** The outs that are right; problems are noted for the others. */
export function readOuts(
  context: Context,
  stage: StageText,
  deps: Readonly<Record<string, DepDeclaration>>,
): Record<string, OutDeclaration> {
  const read: Record<string, OutDeclaration> = {};
  const isCommand = stage.raw.cmd !== undefined;
  for (const [role, raw] of Object.entries(stage.raw.outs ?? {})) {
    const out = isCommand
      ? readCommandOut(context, stage, role, raw)
      : readFileOut(context, stage, role, raw);
    if (out !== undefined) read[role] = out;
  }
  if (isCommand) checkPaths(context, stage, read, deps);
  return read;
}

function readFileOut(
  context: Context,
  stage: StageText,
  role: string,
  raw: RawOut,
): OutDeclaration | undefined {
  if (typeof raw !== 'string' && raw.path === undefined && raw.folder === undefined)
    return { folder: false, compare: readComparison(context, stage, role, raw.compare) };
  const message = `stage "${stage.name}" says where "${role}" lies, but the kinds in its stage file decide that. Only "compare" can be set here; to copy it into the project use publish.`;
  complain(context, stage, ['outs', role], message);
  return undefined;
}

function readCommandOut(
  context: Context,
  stage: StageText,
  role: string,
  raw: RawOut,
): OutDeclaration | undefined {
  const { path: written, folder = false, compare } = typeof raw === 'string' ? { path: raw } : raw;
  const checked = written === undefined ? { wrong: '' } : projectPath(written);
  const wrong =
    'wrong' in checked
      ? checked.wrong
      : pathProblem(checked.path, written?.endsWith('/') === true && !folder);
  if ('path' in checked && wrong === undefined)
    return { path: checked.path, folder, compare: readComparison(context, stage, role, compare) };
  const at = typeof raw === 'string' || raw.path === undefined ? ['outs', role] : ['outs', role, 'path'];
  const found =
    written === undefined
      ? 'has no "path", expected where the command leaves it'
      : `is left at "${written}", ${wrong}`;
  complain(context, stage, at, `stage "${stage.name}": out "${role}" ${found}.`);
  return undefined;
}

function pathProblem(path: string, isUnsaidFolder: boolean): string | undefined {
  if (path === '.') return 'the top of the scratch folder, where everything lies. Name a folder below it';
  if (path.includes('${'))
    return 'but the path of an out has no variables: each step has a folder of its own';
  if (isWithin(path, 'in')) return 'but "in" is where a command finds its artifacts. Choose another folder';
  return isUnsaidFolder ? `which is a folder. Write { path: ${path}, folder: true }` : undefined;
}

/** Two outs in one place, or an out where an input lies: both are in the folder that the command works in. */
function checkPaths(
  context: Context,
  stage: StageText,
  outs: Readonly<Record<string, OutDeclaration>>,
  deps: Readonly<Record<string, DepDeclaration>>,
): void {
  const sources = Object.entries(deps).flatMap(([role, dep]) =>
    dep.type === 'source' ? [{ what: `dep "${role}"`, path: dep.path }] : [],
  );
  const taken = [...sources];
  for (const [role, { path = '' }] of Object.entries(outs)) {
    const other = taken.find((before) => isWithin(path, before.path) || isWithin(before.path, path));
    taken.push({ what: `out "${role}"`, path });
    if (other === undefined) continue;
    const where =
      other.path === path
        ? 'where'
        : isWithin(path, other.path)
          ? `inside of "${other.path}", where`
          : `around "${other.path}", where`;
    const message = `stage "${stage.name}": out "${role}" is left at "${path}", ${where} ${other.what} lies. Give it a place of its own.`;
    complain(context, stage, ['outs', role], message);
  }
}

/** Reads `bytes`, `canonical`, `tolerance(1e-9)`, `tolerance(absolute 1e-9, relative 1e-6, ulp 4)`. */
function readComparison(context: Context, stage: StageText, role: string, text = 'bytes'): Comparison {
  if (text === 'bytes' || text === 'canonical') return { type: text };
  const amount = (name: string) => Number(new RegExp(String.raw`${name}\s+([^\s,)]+)`).exec(text)?.[1] ?? 0);
  const single = /^tolerance\(\s*([^a-z\s]\S*?)\s*\)$/.exec(text)?.[1];
  const absolute = single === undefined ? amount('absolute') : Number(single);
  const relative = amount('relative');
  const ulp = amount('ulp');
  const all = [absolute, relative, ulp];
  if (all.every((each) => each >= 0 && Number.isFinite(each)) && all.some((each) => each > 0))
    return { type: 'tolerance', absolute, relative, ...(ulp > 0 ? { ulp } : {}) };
  complain(
    context,
    stage,
    ['outs', role, 'compare'],
    `stage "${stage.name}": out "${role}" is compared by "${text}", expected finite numbers that are not negative and not all 0.`,
  );
  return { type: 'bytes' };
}
