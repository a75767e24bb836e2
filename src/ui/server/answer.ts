/** Which address gives what. Everything here reads. */
import { isDigest } from '../../base/digest.ts';
import type { Store } from '../../model/store.ts';
import type { Run } from '../../model/run.ts';
import type { UiPlan, UiState } from '../common/api.ts';
import { artifactBytes, artifactPage } from './artifact.ts';
import { codePage } from './code.ts';
import { comparePage } from './compare.ts';
import { findPage } from './find.ts';
import { logsPage } from './logs.ts';
import { planPage } from './plan.ts';
import { type Reply, absent, jsonReply } from './reply.ts';
import { RunReader, rowOf } from './runs.ts';
import type { Answering } from './serve.ts';
import type { UiSource } from './source.ts';
import { stepPage } from './step.ts';
import { type Watch, watch } from './watch.ts';

/** The files of the page by path, as the build made them. */
export type PageFiles = ReadonlyMap<string, Reply>;

/** Rows of the list of runs. */
const mostRuns = 60;

export function answering(source: UiSource, files: PageFiles, now: () => number): Answering {
  const desk = new Desk(source, now);
  return (path, query) => {
    const file = files.get(path);
    if (file !== undefined) return file;
    if (path.startsWith('/artifact/')) return artifactBytes(source.store(), path.slice('/artifact/'.length));
    return path.startsWith('/api/') ? desk.answer(path.slice('/api/'.length), query) : undefined;
  };
}

class Desk {
  readonly #source: UiSource;
  readonly #watch: Watch;
  readonly #runs: RunReader;
  #plan: UiPlan | undefined;

  constructor(source: UiSource, now: () => number) {
    this.#source = source;
    this.#watch = watch(source, now);
    this.#runs = new RunReader(() => source.store(), now);
  }

  async answer(name: string, query: URLSearchParams): Promise<Reply | undefined> {
    const asked = (key: string) => query.get(key) ?? '';
    const store = this.#source.store();
    switch (name) {
      case 'state':
        return jsonReply(this.#state(store));
      case 'plan':
        return this.#planned();
      case 'run':
        return this.#run(store, asked('id'), Number(asked('after')) || 0);
      case 'step':
        return found(
          stepPage(this.#watch.now().look, store, asked('id')),
          `no step is called ${asked('id')}`,
        );
      case 'artifact':
        return this.#artifact(store, asked('digest'), asked('extension'));
      case 'code':
        return this.#code(store, asked('map'));
      case 'logs':
        return jsonReply(logsPage(this.#source.logs, asked('attempt')));
      case 'compare':
        return this.#compare(store, asked('before'), asked('after'));
      case 'find':
        return jsonReply(findPage(this.#watch.now().look, store, asked('what').trim()));
      default:
        return undefined;
    }
  }

  #state(store: Store): UiState {
    const runs = store.runs.list(mostRuns);
    this.#watch.refresh(runs);
    const { version, looking, problems } = this.#watch.now();
    const live = runs.filter(({ status }) => status === 'running').map((run) => this.#runs.progress(run));
    const { folder, version: tool } = this.#source;
    return { folder, version: tool, plan: version, looking, problems, runs: runs.map(rowOf), live };
  }

  /** Made once for each plan. */
  async #planned(): Promise<Reply> {
    const look = await this.#watch.look();
    const { version, problems } = this.#watch.now();
    if (look === undefined) return absent(problems.join('\n'));
    if (this.#plan?.plan !== version) this.#plan = planPage(look, this.#source.store(), version);
    return jsonReply(this.#plan);
  }

  #run(store: Store, id: string, after: number): Reply {
    const run = runNamed(store, id);
    return run === undefined ? absent(`there is no run ${id}`) : jsonReply(this.#runs.page(run, after));
  }

  #artifact(store: Store, digest: string, extension: string): Reply {
    if (!isDigest(digest)) return absent('a digest is 64 hexadecimal digits');
    return found(artifactPage(store, digest, extension), `the store knows no artifact ${digest}`);
  }

  #code(store: Store, map: string): Reply {
    if (!isDigest(map) || !store.artifacts.has(map))
      return absent('the source of this code is not in the store any more');
    return jsonReply(codePage(new TextDecoder().decode(store.artifacts.read(map))));
  }

  #compare(store: Store, before: string, after: string): Reply {
    const [old, now] = [runNamed(store, before), runNamed(store, after)];
    if (old === undefined || now === undefined)
      return absent(`there is no run ${old === undefined ? before : after}`);
    return jsonReply(comparePage(store, old, now));
  }
}

const runNamed = (store: Store, id: string): Run | undefined =>
  store.runs.list().find((run) => run.id === id);

const found = (value: unknown, otherwise: string): Reply =>
  value === undefined ? absent(otherwise) : jsonReply(value);
