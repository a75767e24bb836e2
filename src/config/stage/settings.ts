/** Reads how a stage's steps execute: resources, retries, timeout and the like, over the defaults of the file. */
import { byCodeUnit } from '../../base/canonical.ts';
import type { Resources, StageDeclaration } from '../../model/pipeline.ts';
import { complainAtKey, type Context, type StageText } from '../context.ts';
import { readDuration, readSize } from './quantity.ts';
import type { RawResources, RawSettings } from '../shape/settings.ts';

type Settings = Pick<
  StageDeclaration,
  'resources' | 'retries' | 'timeout' | 'executor' | 'random' | 'stochastic' | 'effects'
>;

/** The settings of one stage. `random` and `effects` of the defaults are for stage files alone. */
export function readSettings(context: Context, stage: StageText): Settings {
  const defaults = context.shaped.defaults ?? {};
  const own: RawSettings = stage.raw;
  const isFile = stage.raw.cmd === undefined;
  const timeout = own.timeout ?? defaults.timeout;
  const effects = own.effects ?? (isFile ? defaults.effects : undefined) ?? [];
  return {
    resources: readResources(defaults.resources, own.resources),
    retries: own.retries ?? defaults.retries ?? 0,
    ...(timeout === undefined ? {} : { timeout: readDuration(timeout) }),
    executor: own.executor ?? defaults.executor ?? 'local',
    random: own.random ?? (isFile && (defaults.random ?? false)),
    stochastic: own.stochastic ?? defaults.stochastic ?? false,
    effects: [...new Set(effects)].sort(byCodeUnit),
  };
}

function readResources(defaults: RawResources = {}, own: RawResources = {}): Resources {
  const memory = own.memory ?? defaults.memory;
  const slots = Object.entries({ ...defaults.slots, ...own.slots }).filter(([, count]) => count > 0);
  return {
    cpus: own.cpus ?? defaults.cpus ?? 1,
    ...(memory === undefined ? {} : { memory: readSize(memory) }),
    slots: Object.fromEntries(slots),
  };
}

/** Fields that one sort of stage has and the other has not, and what to do instead. */
const misplaced = {
  typescript: {
    env: 'a stage file sees no environment variables. Make it a param',
    environment: 'a stage file runs in an environment of its own. Remove it',
  },
  command: {
    random: 'only a stage file has a random stream. Give the command a seed as a param',
    effects: 'only a stage file declares effects. Say by "environment" what the command depends on',
  },
} as const;

/** Notes fields that have no meaning for this sort of stage. */
export function checkFields(context: Context, stage: StageText): void {
  const fields = Object.entries(stage.raw.cmd === undefined ? misplaced.typescript : misplaced.command);
  for (const [field, reason] of fields) {
    if (Object.hasOwn(stage.raw, field))
      complainAtKey(context, stage, [field], `stage "${stage.name}" has "${field}", but ${reason}.`);
  }
  if (stage.raw.cmd !== undefined) checkEnv(context, stage);
}

/** Only arguments are filled in; a place in a variable would silently stay as it is. */
function checkEnv(context: Context, stage: StageText): void {
  for (const [name, value] of Object.entries(stage.raw.env ?? {})) {
    if (!/\$\{(deps|outs|params)\./.test(value)) continue;
    complainAtKey(
      context,
      stage,
      ['env', name],
      `stage "${stage.name}": "env.${name}" is passed as it is, but ${JSON.stringify(value)} looks like a place to fill in. Pass it by cmd.`,
    );
  }
}
