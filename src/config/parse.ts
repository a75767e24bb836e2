/** Parses pipeline.yaml: text in, the checked pipeline out, and beside it every problem with its place. */
import { byCodeUnit } from '../base/canonical.ts';
import { originsOf } from '../model/origin.ts';
import type { Problem } from '../model/fault.ts';
import type { Pipeline, StageDeclaration } from '../model/pipeline.ts';
import { type StageCases, casesOf } from '../model/unroll.ts';
import { checkCircles } from './between/circles.ts';
import { type CasesIn, readClaims } from './claims/claims.ts';
import { type Context, type StageText } from './context.ts';
import { applyEdits, type Edit, editsOf, readProfiles } from './edits/edits.ts';
import { checkJoins } from './between/joins.ts';
import { checkMatrices } from './between/matrices.ts';
import { plainVariable } from './stage/matrix.ts';
import { readOverrides } from './edits/override.ts';
import { Problems } from './problems.ts';
import { checkPublishing } from './between/publishing.ts';
import { checkShape } from './shape/check.ts';
import { readStage } from './stage/stage.ts';
import { namesAt, placeOf } from './yaml/tree.ts';
import { readYaml } from './yaml/read.ts';

export interface ParseOptions {
  /** A name under `profiles:`; else the file as it is written. */
  readonly profile?: string | undefined;
  /** `stage.name=value`, each as given to `-S`; the value is YAML. */
  readonly overrides?: readonly string[] | undefined;
  /** Whether the project has a file or folder at a project-relative path. Without it, no path is looked for. */
  readonly exists?: ((path: string) => boolean) | undefined;
}

export interface ParsedPipeline {
  /**
   * What of the file is right: stages with a wrong setting have its default, and stages whose computation, matrix,
   * deps, params or outs are wrong are left out, though others may refer to them. Absent where too little is right.
   */
  readonly pipeline?: Pipeline | undefined;
  /** In the order of the file; those of `profile` and `overrides` first. */
  readonly problems: readonly Problem[];
}

/** Parses and checks all that the file alone can tell. `file` is how places name it. Never throws for the text. */
export function parsePipeline(text: string, file: string, options: ParseOptions = {}): ParsedPipeline {
  const problems = new Problems();
  const source = readYaml(text, file, problems);
  const shaped = source && checkShape(source, problems);
  if (source === undefined || shaped === undefined) return { problems: problems.sorted() };
  const stageNames = new Set(namesAt(source, ['stages']));
  const context: Context = { source, shaped, problems, exists: options.exists, stageNames };
  const pipeline = readPipeline(context, options.profile ?? 'default', options.overrides ?? []);
  return { pipeline, problems: problems.sorted() };
}

function readPipeline(context: Context, profile: string, overrides: readonly string[]): Pipeline {
  const profiles = readProfiles(context);
  const chosen = editsOf(context, profiles, profile) ?? [];
  const texts = applyEdits(context, [...chosen, ...readOverrides(context, overrides)]);
  const stages = readStages(context, texts);
  const claims = readClaims(context, profiles, casesByProfile(context, profiles));
  return {
    name: context.shaped.pipeline ?? '',
    seed: context.shaped.seed ?? 0,
    profile: [profile, ...[...overrides].sort(byCodeUnit)].join('+'),
    publishes: profile === 'default' && overrides.length === 0,
    stages,
    claims,
  };
}

function readStages(context: Context, texts: ReadonlyMap<string, StageText>): StageDeclaration[] {
  if (context.stageNames.size === 0 && context.shaped.stages !== undefined) {
    const place = placeOf(context.source, ['stages']);
    context.problems.add(['stages'], place, 'the file has no stages. Write at least one below "stages".');
  }
  const read = [...texts.values()].flatMap((text) => readStage(context, text) ?? []);
  read.sort((a, b) => byCodeUnit(a.name, b.name));
  checkBetween(context, texts, read);
  return soundOf(context, read);
}

/** What is wrong between stages; those already wrong in themselves would only repeat it. */
function checkBetween(
  context: Context,
  texts: ReadonlyMap<string, StageText>,
  read: readonly StageDeclaration[],
): void {
  const origin = originsOf(new Map(read.map((stage) => [stage.name, stage])));
  checkCircles(context, texts, soundOf(context, read), origin);
  const cases = casesOf(read, () => undefined);
  checkMatrices(context, texts, cases);
  const sound = soundOf(context, read);
  for (const stage of sound) checkJoins(context, texts.get(stage.name) as StageText, stage, cases);
  checkPublishing(context, texts, sound, origin);
}

function soundOf(context: Context, stages: readonly StageDeclaration[]): StageDeclaration[] {
  return stages.filter((stage) => !context.problems.brokenStages.has(stage.name));
}

/** The cases of the stages in each profile, worked out when a claim asks for them. */
function casesByProfile(context: Context, profiles: ReadonlyMap<string, readonly Edit[]>): CasesIn {
  const known = new Map<string, ReadonlyMap<string, StageCases>>();
  return (profile) => {
    const cases =
      known.get(profile) ?? casesOf(matricesOf(context, profiles.get(profile) ?? []), () => undefined);
    known.set(profile, cases);
    return cases;
  };
}

function matricesOf(context: Context, edits: readonly Edit[]) {
  return [...applyEdits(context, edits).values()].map(({ name, raw }) => ({
    name,
    matrix: Object.fromEntries(
      Object.entries(raw.matrix ?? {}).map(([variable, each]) => [variable, plainVariable(each)]),
    ),
  }));
}
