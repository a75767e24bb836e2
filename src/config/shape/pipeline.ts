/** The shape of pipeline.yaml: what may stand where, which the checks and an editor's schema both come from. */
import { z } from 'zod';
import { settings } from './settings.ts';
import { overrideShape, stageShape } from './stage.ts';
import { name, named, optional, text } from './words.ts';

const valueText = text('the way to one value, such as scaling.table[family=II].coefficient');
const relation = text('a relation, such as "rounds to 0.3" or "in [0.2, 0.4]"');

const claim = z
  .strictObject(
    {
      says: text('the sentence as the paper has it').meta({
        description: 'The sentence as the paper has it.',
      }),
      source: text('the paper and the place in it').meta({ description: 'The paper and the place in it.' }),
      value: valueText.meta({
        description:
          'The way to one value: scaling.table[family=II].coefficient, spectrum@k=6.lines[0].value.',
      }),
      holds: relation.meta({ description: 'rounds to D; = D ± T; in [A, B]; < ≤ > ≥ D; is TEXT.' }),
      profile: optional(text('a profile'), 'Judged only in this profile.'),
    },
    { error: 'a map with "says", "source", "value", "holds"' },
  )
  .meta({ description: 'A sentence of a paper, bound to a value.' });

const seed = z.union([z.int(), text('a whole number or text')], { error: 'a whole number or text' });
const profile = named(overrideShape, 'stages to what is other there');

export const pipelineShape = z
  .strictObject(
    {
      pipeline: name.meta({ description: 'The name of the pipeline.' }),
      seed: optional(seed, 'The root of every random stream. Default 0.'),
      stages: named(stageShape, 'names to stages').meta({ description: 'The stages by name.' }),
      defaults: optional(
        z.strictObject(settings, { error: 'a map of settings' }),
        'Settings for all stages.',
      ),
      profiles: optional(
        named(profile, 'names to profiles'),
        'Other values for existing variables, params and resources, by profile and stage.',
      ),
      claims: optional(named(claim, 'names to claims'), 'Sentences of papers, each bound to a value.'),
    },
    { error: 'a map with "pipeline" and "stages"' },
  )
  .meta({
    title: 'Colophon pipeline',
    description: 'The stages of a computation, and the claims that rest on it.',
  });

export type RawPipeline = z.infer<typeof pipelineShape>;
export type RawClaim = z.infer<typeof claim>;
