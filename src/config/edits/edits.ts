/** Profiles and `-S`: other values for what the stages already have. */
import { listed, suggestion } from '../../base/text.ts';
import type { Json } from '../../model/json.ts';
import { type Context, type Location, namesIn, type StageText } from '../context.ts';
import { plainVariable } from '../stage/matrix.ts';
import type { RawOverride, RawStage, RawVariable } from '../shape/stage.ts';
import { keyPlaceOf, namesAt } from '../yaml/tree.ts';

/** One value that takes the place of another. */
export interface Edit {
  readonly stage: string;
  readonly field: 'matrix' | 'params' | 'resources';
  readonly name: string;
  readonly value: Json;
  readonly location: Location;
}

/** The edits of every profile in the file. What is wrong with them is noted, whichever profile is used. */
export function readProfiles(context: Context): ReadonlyMap<string, readonly Edit[]> {
  const profiles = new Map<string, readonly Edit[]>();
  for (const profile of namesAt(context.source, ['profiles']))
    profiles.set(profile, readProfile(context, profile));
  if (!profiles.has('default')) return profiles;
  const path = ['profiles', 'default'];
  context.problems.add(
    path,
    keyPlaceOf(context.source, path),
    'profile "default" is the file as it is written. Choose another name.',
  );
  profiles.delete('default');
  return profiles;
}

function readProfile(context: Context, profile: string): Edit[] {
  const stages: Readonly<Record<string, RawOverride>> = context.shaped.profiles?.[profile] ?? {};
  return Object.entries(stages).flatMap(([stage, override]) => {
    const path = ['profiles', profile, stage];
    if (context.stageNames.has(stage)) return readOverride(context, profile, stage, override);
    const near = suggestion(stage, context.stageNames);
    context.problems.add(
      path,
      keyPlaceOf(context.source, path),
      `profile "${profile}" changes "${stage}", but there is no stage of that name.${near}`,
    );
    return [];
  });
}

function readOverride(context: Context, profile: string, stage: string, override: RawOverride): Edit[] {
  const { matrix = {}, params = {}, resources = {} } = override;
  const groups = Object.entries({ matrix, params, resources }) as [
    Edit['field'],
    Readonly<Record<string, Json>>,
  ][];
  return groups.flatMap(([field, values]) =>
    Object.entries(values).flatMap(([name, value]) => {
      const path = ['profiles', profile, stage, field, name];
      const edit: Edit = { stage, field, name, value, location: { source: context.source, path } };
      const wrong = editProblem(context, edit);
      if (wrong === undefined) return [edit];
      context.problems.add(path, keyPlaceOf(context.source, path), `profile "${profile}": ${wrong}`);
      return [];
    }),
  );
}

/** Why this edit cannot be made: it names what the stage has not, or what comes from elsewhere. */
export function editProblem(context: Context, { stage, field, name }: Edit): string | undefined {
  if (field === 'resources') return undefined;
  const names = namesIn(context, stage, field);
  if (field === 'params') {
    if (namesIn(context, stage, 'matrix').includes(name))
      return `"${name}" is a matrix variable of stage "${stage}", not a param.`;
    // A stage file may have params with defaults, which only its code knows: the engine checks those.
    const isCommand = namesAt(context.source, ['stages', stage]).includes('cmd');
    return !isCommand || names.includes(name)
      ? undefined
      : `stage "${stage}" has no param "${name}".${suggestion(name, names)}`;
  }
  if (!names.includes(name))
    return `stage "${stage}" has no matrix variable "${name}".${suggestion(name, names)}`;
  const raw: RawVariable | undefined = context.shaped.stages?.[stage]?.matrix?.[name];
  const variable = raw === undefined ? undefined : plainVariable(raw);
  if (variable === undefined || variable.type === 'values') return undefined;
  const what =
    variable.type === 'same'
      ? `are those of "${variable.stage}". Change them there`
      : `are the items of "${variable.stage}.${variable.role}", which cannot be chosen`;
  return `the values of "${name}" of stage "${stage}" ${what}.`;
}

/** The stages as written with the edits made, later ones over earlier ones. */
export function applyEdits(context: Context, edits: readonly Edit[]): ReadonlyMap<string, StageText> {
  const byStage = Map.groupBy(edits, (edit) => edit.stage);
  const stages = Object.entries(context.shaped.stages ?? {});
  return new Map(stages.map(([name, raw]) => [name, applyToStage(name, raw, byStage.get(name) ?? [])]));
}

function applyToStage(name: string, raw: RawStage, edits: readonly Edit[]): StageText {
  const edited = edits.reduce<Record<string, unknown>>(applyEdit, raw);
  const replaced = new Map(edits.map((edit) => [`${edit.field}.${edit.name}`, edit.location]));
  return { name, raw: edited as RawStage, replaced };
}

function applyEdit(
  raw: Readonly<Record<string, unknown>>,
  { field, name, value }: Edit,
): Record<string, unknown> {
  const map = (raw[field] ?? {}) as Readonly<Record<string, unknown>>;
  const merged = name === 'slots' ? { ...(map[name] as object | undefined), ...(value as object) } : value;
  return { ...raw, [field]: { ...map, [name]: merged } };
}

/** The edits of the chosen profile, or undefined with a problem noted where there is none of that name. */
export function editsOf(
  context: Context,
  profiles: ReadonlyMap<string, readonly Edit[]>,
  profile: string,
): readonly Edit[] | undefined {
  if (profile === 'default') return [];
  const edits = profiles.get(profile);
  if (edits === undefined) context.problems.add([], undefined, unknownProfile(profile, profiles));
  return edits;
}

/** `there is no profile "quik". Did you mean "quick"? …` */
export function unknownProfile(profile: string, profiles: ReadonlyMap<string, unknown>): string {
  const names = ['default', ...profiles.keys()];
  return `there is no profile "${profile}".${suggestion(profile, names)} The file has ${listed(names)}.`;
}
