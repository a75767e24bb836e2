/** Reads the matrix variables of a stage: lists of values, the values of another stage, or the items of an artifact. */
import { suggestion } from '../../base/text.ts';
import { spellValue } from '../../model/case.ts';
import type { MatrixVariable } from '../../model/pipeline.ts';
import {
  complain,
  complainAtKey,
  type Context,
  namesIn,
  nearestArtifact,
  rolesMade,
  type StageText,
} from '../context.ts';
import type { RawVariable } from '../shape/stage.ts';

/** The variables that are right; problems are noted for the others. */
export function readMatrix(context: Context, stage: StageText): Record<string, MatrixVariable> {
  const read: Record<string, MatrixVariable> = {};
  for (const [name, raw] of Object.entries(stage.raw.matrix ?? {})) {
    checkName(context, stage, name, raw);
    const variable = Array.isArray(raw)
      ? readValues(context, stage, name, raw)
      : readFrom(context, stage, name, raw);
    if (variable !== undefined) read[name] = variable;
  }
  return read;
}

/** A variable without its checks, for a look at cases in another profile; undefined where it is not right. */
export function plainVariable(raw: RawVariable): MatrixVariable {
  if (Array.isArray(raw)) return { type: 'values', values: raw };
  const [stage, role] = splitArtifact(raw.from);
  if (role === undefined) return { type: 'same', stage };
  return { type: 'items', stage, role, id: raw.id ?? '' };
}

function checkName(context: Context, stage: StageText, name: string, raw: RawVariable): void {
  if (namesIn(context, stage.name, 'params').includes(name)) {
    const message = `stage "${stage.name}" has a param "${name}" and a matrix variable "${name}": one name must mean one value. Rename one of them.`;
    complainAtKey(context, stage, ['params', name], message);
  }
  if (!Array.isArray(raw) && raw.id !== undefined && namesIn(context, stage.name, 'deps').includes(name)) {
    const message = `stage "${stage.name}" has a dep "${name}", but its variable "${name}" over items already gives a dep of that name. Rename one of them.`;
    complainAtKey(context, stage, ['deps', name], message);
  }
}

function readValues(
  context: Context,
  stage: StageText,
  name: string,
  values: (string | number | boolean)[],
): MatrixVariable {
  const seen = new Map<string, number>();
  values.forEach((value, index) => {
    const spelled = spellValue(value);
    const before = seen.get(spelled);
    seen.set(spelled, before ?? index);
    if (before === undefined) return;
    const message = `stage "${stage.name}" has "${spelled}" twice among the values of "${name}" (items ${before + 1} and ${index + 1}). Keep one.`;
    complain(context, stage, ['matrix', name, index], message);
  });
  return { type: 'values', values };
}

function readFrom(
  context: Context,
  stage: StageText,
  name: string,
  raw: Exclude<RawVariable, unknown[]>,
): MatrixVariable | undefined {
  const wrong = fromProblem(context, stage.name, name, raw);
  if (wrong === undefined) return plainVariable(raw);
  complain(
    context,
    stage,
    ['matrix', name, 'from'],
    `stage "${stage.name}" takes "${name}" from "${raw.from}", ${wrong}`,
  );
  return undefined;
}

function fromProblem(
  context: Context,
  own: string,
  name: string,
  raw: Exclude<RawVariable, unknown[]>,
): string | undefined {
  const [stage, role] = splitArtifact(raw.from);
  if (!context.stageNames.has(stage)) {
    const near =
      role === undefined
        ? context.problems.nearest(stage, context.stageNames)
        : nearestArtifact(context, stage, role);
    return `but there is no stage "${stage}".${near === undefined ? '' : ` Did you mean "${near}"?`}`;
  }
  if (role === undefined && raw.id !== undefined)
    return `which is a stage, but items come from an artifact. Write from: ${stage}.<role>.`;
  if (role === undefined) return sameProblem(context, own, name, stage);
  if (raw.id === undefined)
    return `which is an artifact, without saying what identifies an item of it. Add id: <field>, or take the values of a stage: from: ${stage}.`;
  const made = rolesMade(context, stage);
  return made === undefined || made.includes(role)
    ? undefined
    : `but "${stage}" makes no "${role}".${suggestion(role, made)}`;
}

function sameProblem(context: Context, own: string, name: string, stage: string): string | undefined {
  if (stage === own) return 'which is itself.';
  const variables = namesIn(context, stage, 'matrix');
  return variables.includes(name)
    ? undefined
    : `but "${stage}" has no matrix variable "${name}".${suggestion(name, variables)}`;
}

/** `polish.points` as stage and role; `polish` as stage alone. */
export function splitArtifact(text: string): [stage: string, role?: string] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}
