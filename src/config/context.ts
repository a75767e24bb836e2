/** What every check of a file has at hand: its tree, its shaped data, and where to put problems. */
import { nearest } from '../base/text.ts';
import type { Place } from '../model/fault.ts';
import type { Problems } from './problems.ts';
import type { RawStage } from './shape/stage.ts';
import type { ShapedPipeline } from './shape/check.ts';
import { keyPlaceOf, namesAt, type Path, placeInside, placeOf, type Source } from './yaml/tree.ts';

export interface Context {
  readonly source: Source;
  readonly shaped: ShapedPipeline;
  readonly problems: Problems;
  /** Whether the project has a file or folder at the path; unknown where absent. */
  readonly exists?: ((path: string) => boolean) | undefined;
  /** Names of all stages as written, also of those that are wrong. */
  readonly stageNames: ReadonlySet<string>;
}

/** A part of some text: of the file, or of the value of a `-S`. */
export interface Location {
  readonly source: Source;
  readonly path: Path;
}

/** A stage with the profile and `-S` applied. */
export interface StageText {
  readonly name: string;
  readonly raw: RawStage;
  /** What the profile or a `-S` replaced, such as `params.starts`, and where the replacement is written. */
  readonly replaced: ReadonlyMap<string, Location>;
}

/** Where a part of a stage is written. */
function locate(context: Context, stage: StageText, path: Path): Location {
  const [field, name, ...rest] = path;
  const moved = stage.replaced.get(`${field}.${name}`);
  if (moved !== undefined) return { source: moved.source, path: [...moved.path, ...rest] };
  return { source: context.source, path: ['stages', stage.name, ...path] };
}

/** The place of a value of a stage; of the stage's name for the empty path. */
export function placeIn(context: Context, stage: StageText, path: Path): Place {
  const location = locate(context, stage, path);
  return path.length === 0
    ? keyPlaceOf(location.source, location.path)
    : placeOf(location.source, location.path);
}

/** Notes a problem at a value of a stage, or at one character of a text value. */
export function complain(
  context: Context,
  stage: StageText,
  path: Path,
  message: string,
  index?: number,
): void {
  const { source, path: written } = locate(context, stage, path);
  const place = index === undefined ? placeIn(context, stage, path) : placeInside(source, written, index);
  context.problems.add(['stages', stage.name, ...path], place, message);
}

/** Notes a problem at the name of a field of a stage. */
export function complainAtKey(context: Context, stage: StageText, path: Path, message: string): void {
  const { source, path: written } = locate(context, stage, path);
  context.problems.add(['stages', stage.name, ...path], keyPlaceOf(source, written), message);
}

/** The names in a map of a stage, as written: also those whose values are wrong. */
export function namesIn(context: Context, stage: string, field: string): string[] {
  return namesAt(context.source, ['stages', stage, field]);
}

/** The roles that a command stage makes; undefined for a stage file, whose roles only its code knows. */
export function rolesMade(context: Context, stage: string): string[] | undefined {
  const isCommand = namesAt(context.source, ['stages', stage]).includes('cmd');
  return isCommand ? namesIn(context, stage, 'outs') : undefined;
}

/** The roles that a stage reads: its deps, and its variables over items. */
export function rolesRead(context: Context, stage: StageText): string[] {
  const items = Object.entries(stage.raw.matrix ?? {}).filter(
    ([, raw]) => !Array.isArray(raw) && raw.id !== undefined,
  );
  return [...namesIn(context, stage.name, 'deps'), ...items.map(([name]) => name)];
}

/** `stage.role` as it was probably meant: the nearest stage, and of a command the nearest role. */
export function nearestArtifact(context: Context, head: string, role: string): string | undefined {
  const stage = context.problems.nearest(head, context.stageNames);
  if (stage === undefined) return undefined;
  const roles = rolesMade(context, stage);
  return `${stage}.${roles === undefined ? role : (nearest(role, roles) ?? roles[0] ?? role)}`;
}
