/** The shape of one stage, and of what a profile may change of it. */
import { z } from 'zod';
import { resources, settings } from './settings.ts';
import { argv, environmentVariables, name, named, optional, text, yesNo } from './words.ts';

const scalar = 'text, a number, true or false';
const caseValue = z.union([text(scalar), z.number(), z.boolean()], { error: scalar });
const someValues = 'a list of values, such as [6, 8]';
const values = z.array(caseValue, { error: someValues }).min(1, { error: someValues });

const from = text(
  'a stage, such as minima, or with "id" a list that a stage makes, such as polish.points',
).meta({
  description:
    'A stage whose values are taken; or, with `id`, the artifact `stage.role` whose items are the values.',
});
const id = optional(
  text('the field that identifies an item'),
  'The field that identifies an item of the list.',
);
const variable = z.union([values, z.strictObject({ from, id })], {
  error: 'a list of values, such as [6, 8], or a map with "from", such as { from: minima }',
});

const source = z.strictObject({
  path: text('the path of a file or folder of the project').meta({
    description: 'A file or folder of the project.',
  }),
  pin: optional(yesNo, 'false: too large to copy; checked before and after a step instead. Default true.'),
  exclude: optional(
    z.array(text('a glob'), { error: 'a list of globs, such as ["*.tmp"]' }),
    'Globs, relative to the folder, of what is left out.',
  ),
});
const dep = z.union([text('text'), source], {
  error: 'an artifact such as minima.candidates, the path of a file or folder, or a map with "path"',
});

const amount = String.raw`[0-9.eE+-]+`;
const part = String.raw`(?:absolute|relative|ulp)\s+${amount}`;
const amounts = String.raw`${amount}|${part}(?:\s*,\s*${part})*`;
const compareError = 'bytes, canonical, tolerance(1e-9) or tolerance(absolute 1e-9, relative 1e-6, ulp 4)';
const compare = z
  .string({ error: compareError })
  .regex(new RegExp(String.raw`^(bytes|canonical|tolerance\(\s*(${amounts})\s*\))$`), {
    error: compareError,
  });

const outPlace = z.strictObject({
  path: optional(text('the path where the command leaves it'), 'Where the command leaves it.'),
  folder: optional(yesNo, 'true: the out is a folder.'),
  compare: optional(compare, 'How two results for one key are judged equal. Default bytes.'),
});
const out = z.union([text('a path'), outPlace], {
  error:
    'the path where the command leaves it, such as model.json, or a map with "path", "folder", "compare"',
});

const command = argv('a list of arguments, such as [python3, fit.py]');
const probe = argv('a list of arguments, such as [python3, --version]');
const params = z.record(name, z.unknown(), { error: 'a map from names to values' });
const published = text('a path of the project, such as figures/scaling.svg');

const fields = {
  use: optional(text('the path of a stage file, such as stages/minima.ts'), 'The stage file (TypeScript).'),
  cmd: optional(
    command,
    'A command and its arguments, with ${deps.role}, ${outs.role}, ${params.name} and ${variable} filled in. No shell.',
  ),
  matrix: optional(
    named(variable, 'variables to values'),
    'Variables and their values: one step for each combination.',
  ),
  deps: optional(
    named(dep, 'roles to artifacts or files'),
    'What is read: role to `stage.role`, or to a file or folder.',
  ),
  params: optional(params, "Params, read by the stage's own schema."),
  outs: optional(
    named(out, 'roles to paths'),
    'What a command makes: role to path. For a stage file: how results are compared, by role.',
  ),
  publish: optional(
    named(published, 'roles to paths'),
    'Outs to copy into the project: role to path, with ${variable} filled in.',
  ),
  env: optional(environmentVariables, 'Environment variables of a command; part of the key.'),
  environment: optional(
    named(probe, 'names to commands'),
    'Probes: commands whose answers are part of the key.',
  ),
};

/** A stage. An editor also sees that it has one of `use` and `cmd`. */
export const stageShape = z
  .strictObject({ ...fields, ...settings }, { error: 'a map with "use" or "cmd"' })
  .meta({
    description: 'A computation with declared deps, params and outs.',
    oneOf: [{ required: ['use'] }, { required: ['cmd'] }],
  });

/** The fields that a stage may have. */
export const stageFields: readonly string[] = Object.keys(stageShape.shape);

export const overrideShape = z.strictObject(
  {
    matrix: optional(named(values, 'variables to values'), 'Other values for variables of the stage.'),
    params: optional(params, 'Other values for params of the stage.'),
    resources: optional(resources, 'Other resources.'),
  },
  { error: 'a map with "matrix", "params", "resources"' },
);

export type RawStage = z.infer<typeof stageShape>;
export type RawVariable = z.infer<typeof variable>;
export type RawDep = z.infer<typeof dep>;
export type RawOut = z.infer<typeof out>;
export type RawOverride = z.infer<typeof overrideShape>;
