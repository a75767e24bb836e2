/** Reads `-S stage.name=value` from the command line into edits of the pipeline. */
import { suggestion } from '../../base/text.ts';
import type { Json } from '../../model/json.ts';
import { type Context, namesIn, rolesMade } from '../context.ts';
import { type Edit, editProblem } from './edits.ts';
import { Problems } from '../problems.ts';
import type { Source } from '../yaml/tree.ts';
import { readYaml } from '../yaml/read.ts';

/** The edits that are right; problems, which have no place in the file, are noted for the others. */
export function readOverrides(context: Context, overrides: readonly string[]): Edit[] {
  const seen = new Set<string>();
  return overrides.flatMap((text) => {
    const read = readOverride(context, text);
    const name = typeof read === 'string' ? '' : `${read.stage}.${read.name}`;
    const wrong =
      typeof read === 'string'
        ? read
        : seen.has(name)
          ? `${name} is set twice. Give it one value.`
          : editProblem(context, read);
    seen.add(name);
    if (wrong === undefined && typeof read !== 'string') return [read];
    context.problems.add([], undefined, `-S ${text}: ${wrong}`);
    return [];
  });
}

function readOverride(context: Context, text: string): Edit | string {
  const match = /^\s*([^.=\s]+)\.([^=\s]+)\s*=(.*)$/s.exec(text);
  if (match === null) return 'expected stage.param=value, such as minima.starts=50.';
  const [, stage, name, written] = match as unknown as [string, string, string, string];
  if (!context.stageNames.has(stage))
    return `there is no stage "${stage}".${suggestion(stage, context.stageNames)}`;
  const source = readValue(written, `-S ${text}`);
  if (typeof source === 'string') return source;
  const isVariable = namesIn(context, stage, 'matrix').includes(name);
  const { data } = source.root;
  const location = { source, path: [] };
  if (!isVariable)
    return unknownParam(context, stage, name) ?? { stage, field: 'params', name, value: data, location };
  const values = Array.isArray(data) ? data : [data];
  return valuesProblem(values) ?? { stage, field: 'matrix', name, value: values, location };
}

/** Suggests among variables and params alike; names that only the stage's code knows are left to the engine. */
function unknownParam(context: Context, stage: string, name: string): string | undefined {
  if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(name))
    return `"${name}" is no name of a param, expected a letter, then letters, digits, "_" or "-".`;
  const names = [...namesIn(context, stage, 'params'), ...namesIn(context, stage, 'matrix')];
  return rolesMade(context, stage) !== undefined && !names.includes(name)
    ? `stage "${stage}" has no param "${name}".${suggestion(name, names)}`
    : undefined;
}

function readValue(written: string, file: string): Source | string {
  if (written.trim() === '') return 'the value is missing after "=". For empty text write "".';
  const problems = new Problems();
  const source = readYaml(written.trim(), file, problems);
  const [first] = problems.sorted();
  if (first !== undefined || source === undefined) return first?.message ?? 'the value cannot be read.';
  return source;
}

function valuesProblem(values: readonly Json[]): string | undefined {
  if (values.length === 0) return 'a matrix variable needs at least one value.';
  const fits = values.every(
    (value) =>
      typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value !== ''),
  );
  return fits ? undefined : 'the values of a matrix variable are text, numbers, true or false.';
}
