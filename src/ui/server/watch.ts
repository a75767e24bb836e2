/** Keeps the newest plan while somebody looks: made again when a file it rests on, or a run, has changed something. */
import type { Run } from '../../model/run.ts';
import type { Look, UiSource } from './source.ts';

interface Watched {
  readonly look: Look | undefined;
  /** Raised with every plan. */
  readonly version: number;
  readonly looking: boolean;
  readonly problems: readonly string[];
}

export interface Watch {
  readonly now: () => Watched;
  /** Starts a new plan if the one there is cannot be trusted any more; does not wait for it. */
  readonly refresh: (runs: readonly Run[]) => void;
  /** The plan, the first one included. */
  readonly look: () => Promise<Look | undefined>;
}

/** Planning rests for this many times what the last plan took, and is left to runs while they run. */
const restFactor = 4;
const restLeast = 1000;

export function watch(source: UiSource, now: () => number): Watch {
  let look: Look | undefined;
  let problems: readonly string[] = [];
  let version = 0;
  let under: Promise<void> | undefined;
  let seen = '';
  let restUntil = 0;

  const plan = async (): Promise<void> => {
    const began = now();
    try {
      look = await source.look();
      problems = [];
    } catch (error) {
      problems = source.explain(error);
    }
    version += 1;
    restUntil = now() + Math.max(restLeast, restFactor * (now() - began));
  };
  const start = (mark: string): Promise<void> => {
    seen = mark;
    under = plan().finally(() => (under = undefined));
    return under;
  };
  return {
    now: () => ({ look, version, looking: under !== undefined, problems }),
    refresh: (runs) => {
      if (under !== undefined || now() < restUntil) return;
      const mark = markOf(source, runs);
      if (version === 0 || mark !== seen || problems.length > 0 || look?.stands() === false) void start(mark);
    },
    look: async () => {
      if (version === 0) await (under ?? start(markOf(source, source.store().runs.list(3))));
      return look;
    },
  };
}

/** What runs and audits have done to the store. One under way says of itself what it does: the plan waits for its end. */
function markOf(source: UiSource, runs: readonly Run[]): string {
  const ended = runs.filter(({ status }) => status !== 'running').slice(0, 3);
  const store = source.store();
  const trust = [store.audits.list().length, store.audits.signatures().length];
  return JSON.stringify([store.epoch(), ended.map(({ id, status }) => [id, status]), trust]);
}
