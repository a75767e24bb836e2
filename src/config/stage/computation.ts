/** Reads what a stage executes: a stage file, or a command with its places filled by role. */
import { nearest } from '../../base/text.ts';
import type { ArgumentPart, Computation } from '../../model/pipeline.ts';
import { complain, complainAtKey, type Context, namesIn, rolesRead, type StageText } from '../context.ts';
import { projectPath } from './path.ts';
import { stageFields } from '../shape/stage.ts';
import { splitTemplate } from './template.ts';
import { namesAt } from '../yaml/tree.ts';

/** The computation, or undefined with a problem noted. */
export function readComputation(context: Context, stage: StageText): Computation | undefined {
  const written = namesAt(context.source, ['stages', stage.name]);
  const { use, cmd } = stage.raw;
  if (written.includes('use') && written.includes('cmd')) {
    complainAtKey(
      context,
      stage,
      ['cmd'],
      `stage "${stage.name}" has both "use" and "cmd", but executes one of them. Keep one.`,
    );
    return undefined;
  }
  if (use !== undefined) return readUse(context, stage, use);
  if (cmd !== undefined)
    return {
      type: 'command',
      argv: cmd.map((argument, index) => readArgument(context, stage, argument, index)),
    };
  if (
    !written.includes('use') &&
    !written.includes('cmd') &&
    written.every((name) => stageFields.includes(name))
  ) {
    complain(
      context,
      stage,
      [],
      `stage "${stage.name}" has neither "use" nor "cmd". Say what it executes: use: stages/${stage.name}.ts, or cmd: [python3, ${stage.name}.py].`,
    );
  }
  return undefined;
}

function readUse(context: Context, stage: StageText, use: string): Computation | undefined {
  const checked = projectPath(use);
  const wrong = 'wrong' in checked ? `${checked.wrong}.` : fileProblem(context, checked.path);
  if ('path' in checked && wrong === undefined) return { type: 'typescript', file: checked.path };
  complain(context, stage, ['use'], `stage "${stage.name}" uses "${use}", ${wrong}`);
  return undefined;
}

function fileProblem(context: Context, path: string): string | undefined {
  if (!/\.m?[jt]s$/.test(path))
    return `but a stage file ends in .ts, .mts, .js or .mjs. Execute other programs by cmd: [program, "${path}"].`;
  return context.exists?.(path) === false
    ? 'which does not exist. `colophon help stage` prints one to begin with.'
    : undefined;
}

function readArgument(context: Context, stage: StageText, argument: string, index: number): ArgumentPart[] {
  if (index === 0 && argument === '')
    complain(
      context,
      stage,
      ['cmd', 0],
      `stage "${stage.name}" names no program: the first argument is empty.`,
    );
  return splitTemplate(argument).flatMap((part) => {
    if (part.type === 'text') return [part];
    const read =
      part.type === 'unclosed'
        ? '"${" is not closed by "}". For a plain "${", write "$${".'
        : readReference(context, stage, part);
    if (typeof read !== 'string') return [read];
    complain(context, stage, ['cmd', index], `stage "${stage.name}": ${read}`, part.index);
    return [];
  });
}

/** The part that a name stands for, or what is wrong with the name. */
function readReference(
  context: Context,
  stage: StageText,
  { name }: { readonly name: string },
): ArgumentPart | string {
  const [, group, member = ''] = /^(deps|outs|params)\.(.*)$/.exec(name) ?? [];
  switch (group) {
    case 'deps':
      return known(name, member, rolesRead(context, stage), 'dep') ?? { type: 'dep', role: member };
    case 'outs':
      return (
        known(name, member, namesIn(context, stage.name, 'outs'), 'out') ?? { type: 'out', role: member }
      );
    case 'params':
      return paramProblem(context, stage, member) ?? { type: 'param', name: member };
    default:
      return variableProblem(context, stage, name) ?? { type: 'variable', name };
  }
}

function known(name: string, member: string, members: readonly string[], noun: string): string | undefined {
  if (members.includes(member)) return undefined;
  const near = nearest(member, members);
  const meant =
    near === undefined ? '' : ` Did you mean "\${${name.slice(0, name.indexOf('.') + 1)}${near}}"?`;
  return `"\${${name}}" names no ${noun} of the stage.${meant}`;
}

function paramProblem(context: Context, stage: StageText, member: string): string | undefined {
  const value = stage.raw.params?.[member];
  const missing = known(`params.${member}`, member, namesIn(context, stage.name, 'params'), 'param');
  if (missing !== undefined || typeof value !== 'object') return missing;
  return `"\${params.${member}}" is ${value === null ? 'empty' : Array.isArray(value) ? 'a list' : 'a map'}, expected text, a number, true or false: an argument is text.`;
}

/** What is wrong with `${name}` as a matrix variable of the stage. */
export function variableProblem(context: Context, stage: StageText, name: string): string | undefined {
  const variables = namesIn(context, stage.name, 'matrix');
  if (variables.includes(name)) return undefined;
  const group = (['params', 'deps', 'outs'] as const).find((field) =>
    namesIn(context, stage.name, field).includes(name),
  );
  const near = group === undefined ? nearest(name, variables) : `${group}.${name}`;
  const meant = near === undefined ? '' : ` Did you mean "\${${near}}"?`;
  return `"\${${name}}" names no matrix variable of the stage.${meant}`;
}
