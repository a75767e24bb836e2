/** Reads where the outs of a stage are copied into the project. */
import { suggestion } from '../../base/text.ts';
import { complain, type Context, rolesMade, type StageText } from '../context.ts';
import { variableProblem } from './computation.ts';
import { projectPath } from './path.ts';
import { splitTemplate } from './template.ts';

/** The paths by role that are right; problems are noted for the others. */
export function readPublish(context: Context, stage: StageText): Record<string, string> {
  const read: Record<string, string> = {};
  const made = rolesMade(context, stage.name);
  for (const [role, written] of Object.entries(stage.raw.publish ?? {})) {
    const path = readPath(context, stage, role, written);
    if (made !== undefined && !made.includes(role)) {
      complain(
        context,
        stage,
        ['publish', role],
        `stage "${stage.name}" publishes "${role}", which it does not make.${suggestion(role, made)}`,
      );
    } else if (path !== undefined) read[role] = path;
  }
  return read;
}

function readPath(context: Context, stage: StageText, role: string, written: string): string | undefined {
  const refuse = (reason: string, index?: number) => {
    complain(
      context,
      stage,
      ['publish', role],
      `stage "${stage.name}" publishes "${role}" to "${written}", ${reason}`,
      index,
    );
    return undefined;
  };
  for (const part of splitTemplate(written)) {
    if (part.type === 'unclosed') return refuse('where "${" is not closed by "}".', part.index);
    const wrong = part.type === 'name' ? variableProblem(context, stage, part.name) : undefined;
    if (wrong !== undefined && part.type === 'name') return refuse(`where ${wrong}`, part.index);
  }
  const checked = projectPath(written.replace(/\$\{\s*([^{}]*?)\s*\}/g, '${$1}'));
  if ('wrong' in checked) return refuse(`${checked.wrong}.`);
  if (written.includes('$${')) return refuse('but a published path holds no plain "${".');
  return checked.path === '.'
    ? refuse('the folder of the pipeline itself. Name a file or folder below it.')
    : checked.path;
}
