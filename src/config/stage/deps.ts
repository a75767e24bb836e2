/** Reads what a stage depends on: artifacts of other stages, files and folders of the project. */
import { suggestion } from '../../base/text.ts';
import type { DepDeclaration } from '../../model/pipeline.ts';
import { complain, type Context, nearestArtifact, rolesMade, type StageText } from '../context.ts';
import { splitArtifact } from './matrix.ts';
import { projectPath } from './path.ts';
import type { RawDep } from '../shape/stage.ts';

/** The deps that are right; problems are noted for the others. */
export function readDeps(context: Context, stage: StageText): Record<string, DepDeclaration> {
  const read: Record<string, DepDeclaration> = {};
  for (const [role, raw] of Object.entries(stage.raw.deps ?? {})) {
    const dep = readDep(context, stage, role, raw);
    if (dep !== undefined) read[role] = dep;
  }
  return read;
}

function readDep(context: Context, stage: StageText, role: string, raw: RawDep): DepDeclaration | undefined {
  if (typeof raw !== 'string') return readSource(context, stage, ['deps', role, 'path'], raw);
  const [head, out] = splitArtifact(raw);
  if (out !== undefined && context.stageNames.has(head) && !isOwnScript(context, stage, head, out))
    return readArtifact(context, stage, role, head, out);
  if (out === undefined && context.stageNames.has(head) && context.exists?.(head) !== true) {
    const message = `step "${stage.name}" needs "${head}", which is a stage, not something it makes. Name one of its outs: ${head}.<role>.`;
    complain(context, stage, ['deps', role], message);
    return undefined;
  }
  return readSource(context, stage, ['deps', role], { path: raw });
}

/** A stage named for its script, which it cannot have made itself: `fit` that reads `fit.py`. */
function isOwnScript(context: Context, stage: StageText, head: string, out: string): boolean {
  return head === stage.name && rolesMade(context, head)?.includes(out) === false;
}

function readArtifact(
  context: Context,
  stage: StageText,
  role: string,
  head: string,
  out: string,
): DepDeclaration | undefined {
  const made = rolesMade(context, head);
  if (made === undefined ? /^[A-Za-z][\w-]*$/.test(out) : made.includes(out))
    return { type: 'artifact', stage: head, role: out };
  const text = `${head}.${out}`;
  const near = suggestion(
    text,
    (made ?? []).map((name) => `${head}.${name}`),
  );
  const file = context.exists?.(text) === true ? ` For the file of that name, write { path: ${text} }.` : '';
  complain(
    context,
    stage,
    ['deps', role],
    `step "${stage.name}" needs "${text}", which no stage makes.${near}${file}`,
  );
  return undefined;
}

interface SourceText {
  readonly path: string;
  readonly pin?: boolean | undefined;
  readonly exclude?: readonly string[] | undefined;
}

function readSource(
  context: Context,
  stage: StageText,
  at: readonly string[],
  raw: SourceText,
): DepDeclaration | undefined {
  const checked = projectPath(raw.path);
  const wrong =
    'wrong' in checked ? `"${raw.path}", ${checked.wrong}` : absent(context, raw.path, checked.path);
  if (wrong === undefined && 'path' in checked) {
    return {
      type: 'source',
      path: checked.path,
      pin: raw.pin ?? true,
      exclude: [...(raw.exclude ?? [])].sort(),
    };
  }
  complain(context, stage, at, `step "${stage.name}" needs ${wrong}${wrong?.endsWith('?') ? '' : '.'}`);
  return undefined;
}

/** What is wrong with a path that nothing stands at. A name with one dot may have been meant as an artifact. */
function absent(context: Context, written: string, path: string): string | undefined {
  if (path.includes('${'))
    return `"${written}", but the path of a dep has no variables. Depend on the folder instead`;
  if (context.exists === undefined || context.exists(path)) return undefined;
  const artifact = /^([A-Za-z][\w-]*)(?:@[^.]*)?\.([A-Za-z][\w-]*)$/.exec(written);
  if (artifact === null) return `"${written}", which does not exist`;
  const [, head, role] = artifact as unknown as [string, string, string];
  if (written.includes('@') && context.stageNames.has(head))
    return `"${written}", but a dep names no case: it is joined on the variables that both stages have. Write ${head}.${role}`;
  const near = nearestArtifact(context, head, role);
  return `"${written}", which is neither an artifact of a stage nor a file${near === undefined ? '' : `. Did you mean "${near}"?`}`;
}
