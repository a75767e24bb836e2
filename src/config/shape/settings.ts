/** The shape of what says how steps execute: for one stage, or for all as defaults. */
import { z } from 'zod';
import { effects } from '../../model/effect.ts';
import { durationPattern, sizePattern } from '../stage/quantity.ts';
import { named, optional, positive, whole, yesNo } from './words.ts';

/** Where a step may execute. */
const executors = ['local', 'slurm'] as const;

const memoryError = 'a size such as 512 MB or 2 GB, or a number of bytes';
const memory = z.union([z.string().regex(sizePattern, { error: memoryError }), positive(memoryError)], {
  error: memoryError,
});

const timeoutError = 'a duration such as 30s, 5 min or 2h, or a number of seconds';
const timeout = z.union(
  [z.string().regex(durationPattern, { error: timeoutError }), positive(timeoutError)],
  { error: timeoutError },
);

const effectNames = Object.keys(effects);
const effect = z.enum(effectNames, { error: `one of ${effectNames.join(', ')}` });

export const resources = z.strictObject(
  {
    cpus: optional(positive('a number above 0'), 'Processors that a step occupies. Default 1.'),
    memory: optional(memory, 'Memory that a step may take: 512 MB, 2 GB (steps of 1000), 2 GiB, or bytes.'),
    slots: optional(
      named(whole(Number.MAX_SAFE_INTEGER), 'names of slots to numbers'),
      'Shares of things that are few, such as { gpu: 1 }.',
    ),
  },
  { error: 'a map with "cpus", "memory", "slots"' },
);

export const settings = {
  resources: optional(resources, 'What a step occupies while it executes.'),
  retries: optional(whole(1000), 'How often a failed step is tried again. Default 0.'),
  timeout: optional(timeout, 'How long a step may take: 30s, 5 min, 2h, or seconds. Default for ever.'),
  executor: optional(
    z.enum(executors, { error: `one of ${executors.join(', ')}` }),
    'Where steps execute. Default local.',
  ),
  random: optional(yesNo, 'The stage file draws from its random stream.'),
  stochastic: optional(yesNo, 'Honestly random: other bytes for the same key are no conflict.'),
  effects: optional(
    z.array(effect, { error: 'a list of effects, such as [clock]' }),
    'What a stage file does beside computing; each puts the versions that it depends on into the key.',
  ),
};

export type RawResources = z.infer<typeof resources>;
export type RawSettings = Partial<z.infer<z.ZodObject<typeof settings>>>;
