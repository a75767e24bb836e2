/** What is done lies at its paths, what no step publishes any more is taken back, and no person's edit is lost. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import { type PublishRequest, publish, publishedPlace } from '../../src/engine/publish.ts';
import { stepId } from '../../src/model/case.ts';
import type { RunEvent } from '../../src/model/event.ts';
import type { Pipeline } from '../../src/model/pipeline.ts';
import type { Step } from '../../src/model/step.ts';
import type { ArtifactReference } from '../../src/model/trace.ts';
import { stepNamed } from '../support/steps.ts';
import { type Bench, bench, pipelineOf } from './support/bench.ts';

let on: Bench;
beforeEach(() => void (on = bench()));
afterEach(() => on.remove());

const at = (path: string) => join(on.root, path);
const textAt = (path: string) => readFileSync(at(path), 'utf8');
const bytesOf = (text: string) => ({ type: 'bytes' as const, bytes: new TextEncoder().encode(text) });

/** A step that publishes its out `value`. */
const stepTo = (path: string, name = 'fit', binding: Step['case'] = {}): Step => ({
  ...stepNamed(name, [], { publish: { value: path } }),
  id: stepId(name, binding),
  case: binding,
});

async function fileOf(text: string): Promise<ArtifactReference> {
  const digest = await on.store.artifacts.put(bytesOf(text));
  return { digest, size: text.length, kind: 'text/1', extension: 'txt' };
}

async function folderOf(files: Readonly<Record<string, string>>): Promise<ArtifactReference> {
  const entries = Object.entries(files).map(([path, text]) => ({
    path,
    executable: path.endsWith('.sh'),
    content: bytesOf(text),
  }));
  return {
    digest: await on.store.artifacts.putFolder(entries),
    size: 0,
    kind: 'folder/1',
    extension: 'folder',
  };
}

/** Steps with their outs; undefined for one that is not done. */
type Work = readonly (readonly [Step, ArtifactReference | undefined])[];

/** Publishes: what it says of each path, and how many were left alone as edited. */
async function said(work: Work, settings: Partial<PublishRequest> = {}) {
  const outs = new Map(work.map(([{ id }, out]) => [id, out]));
  const events: RunEvent[] = [];
  const edited = await publish({
    root: on.root,
    store: on.store,
    restore: false,
    emit: (event) => events.push(event),
    pipeline: pipelineOf([]),
    steps: work.map(([step]) => step),
    waiting: new Set(),
    done: (id) => {
      const value = outs.get(id);
      return value === undefined ? undefined : { value };
    },
    ...settings,
  });
  const lines = events.map((event) =>
    event.type === 'published' ? `${event.change} ${event.path}` : event.type,
  );
  return { edited, lines };
}

describe('what is done', () => {
  test('lies at its path with its bytes, and is said once', async () => {
    const work: Work = [[stepTo('out/deep/table.txt'), await fileOf('1')]];
    expect(await said(work)).toEqual({ edited: 0, lines: ['written out/deep/table.txt'] });
    expect(textAt('out/deep/table.txt')).toBe('1');
    expect(readdirSync(at('out/deep'))).toEqual(['table.txt']);
    expect(await said(work)).toEqual({ edited: 0, lines: [] });
  });

  test('is replaced by another result', async () => {
    const step = stepTo('t.txt');
    await said([[step, await fileOf('1')]]);
    expect((await said([[step, await fileOf('2')]])).lines).toEqual(['written t.txt']);
    expect(textAt('t.txt')).toBe('2');
  });

  test('comes back where a person removed it', async () => {
    const work: Work = [[stepTo('t.txt'), await fileOf('1')]];
    await said(work);
    rmSync(at('t.txt'));
    expect((await said(work)).lines).toEqual(['written t.txt']);
    expect(textAt('t.txt')).toBe('1');
  });

  test('lies at a path of its own for each case', async () => {
    const work: Work = [
      [stepTo('t-${k}.txt', 'fit', { k: 6 }), await fileOf('six')],
      [stepTo('t-${k}.txt', 'fit', { k: 8 }), await fileOf('eight')],
    ];
    expect((await said(work)).lines).toEqual(['written t-6.txt', 'written t-8.txt']);
    expect([textAt('t-6.txt'), textAt('t-8.txt')]).toEqual(['six', 'eight']);
  });

  test('and lies there already is left as it is', async () => {
    on.write({ 't.txt': '1' });
    expect((await said([[stepTo('t.txt'), await fileOf('1')]])).lines).toEqual(['same t.txt']);
  });

  test('as a folder lies there as its files, scripts executable', async () => {
    const work: Work = [[stepTo('out'), await folderOf({ 'a.txt': 'a', 'sub/run.sh': 'b' })]];
    expect((await said(work)).lines).toEqual(['written out/a.txt', 'written out/sub/run.sh']);
    const isScript = (path: string) => (statSync(at(path)).mode & 0o100) !== 0;
    expect([isScript('out/a.txt'), isScript('out/sub/run.sh')]).toEqual([false, true]);
    chmodSync(at('out/a.txt'), 0o755);
    expect((await said(work)).lines).toEqual(['written out/a.txt']);
    expect(isScript('out/a.txt')).toBe(false);
  });

  test('as a folder loses the files that are no longer in it, and those alone', async () => {
    const step = stepTo('out');
    await said([[step, await folderOf({ a: '1', b: '2' })]]);
    on.write({ 'out/mine': 'a note' });
    const { lines } = await said([[step, await folderOf({ b: '2' })]]);
    expect(lines).toEqual(['removed out/a']);
    expect(readdirSync(at('out')).toSorted()).toEqual(['b', 'mine']);
  });
});

describe('what a person wrote', () => {
  test('in the place of a result is left alone and counted', async () => {
    const step = stepTo('t.txt');
    const first = await fileOf('1');
    await said([[step, first]]);
    on.write({ 't.txt': 'edited' });
    const edited = { edited: 1, lines: ['edited'] };
    expect(await said([[step, first]])).toEqual(edited);
    expect(await said([[step, await fileOf('2')]])).toEqual(edited);
    expect(textAt('t.txt')).toBe('edited');
  });

  test('before anything was published there is left alone too', async () => {
    on.write({ 't.txt': 'my own' });
    expect(await said([[stepTo('t.txt'), await fileOf('1')]])).toEqual({ edited: 1, lines: ['edited'] });
    expect(textAt('t.txt')).toBe('my own');
  });

  test('is replaced where that is asked for, and its bytes are kept', async () => {
    on.write({ 't.txt': 'my own' });
    const work: Work = [[stepTo('t.txt'), await fileOf('1')]];
    expect(await said(work, { restore: true })).toEqual({ edited: 0, lines: ['warning', 'written t.txt'] });
    expect(textAt('t.txt')).toBe('1');
    expect(new TextDecoder().decode(on.store.artifacts.read(digestOf('my own')))).toBe('my own');
  });

  test('does not keep other paths from being published', async () => {
    on.write({ 'a.txt': 'my own' });
    const work: Work = [
      [stepTo('a.txt', 'a'), await fileOf('1')],
      [stepTo('b.txt', 'b'), await fileOf('2')],
    ];
    expect(await said(work)).toEqual({ edited: 1, lines: ['edited', 'written b.txt'] });
  });
});

describe('what no step publishes any more', () => {
  const published = async (path = 't.txt') => void (await said([[stepTo(path), await fileOf('1')]]));

  test('is taken back, and said once', async () => {
    await published();
    expect(await said([])).toEqual({ edited: 0, lines: ['removed t.txt'] });
    expect(existsSync(at('t.txt'))).toBe(false);
    expect(await said([])).toEqual({ edited: 0, lines: [] });
  });

  test('goes from its old path where the path changed', async () => {
    await published('old.txt');
    const { lines } = await said([[stepTo('new.txt'), await fileOf('1')]]);
    expect(lines).toEqual(['written new.txt', 'removed old.txt']);
  });

  test('is forgotten in silence where a person removed it', async () => {
    await published();
    rmSync(at('t.txt'));
    expect(await said([])).toEqual({ edited: 0, lines: [] });
    expect(on.store.published.list('default')).toEqual([]);
  });

  test('is taken back where it was only touched', async () => {
    await published();
    rmSync(at('t.txt'));
    writeFileSync(at('t.txt'), '1');
    expect((await said([])).lines).toEqual(['removed t.txt']);
  });

  test('is left alone where it was edited, and said every time', async () => {
    await published();
    on.write({ 't.txt': 'edited' });
    for (let i = 0; i < 2; i++) expect(await said([])).toEqual({ edited: 1, lines: ['edited'] });
    expect(textAt('t.txt')).toBe('edited');
  });

  test('stays while its step is not done: old results live until new ones are complete', async () => {
    await published();
    expect(await said([[stepTo('t.txt'), undefined]])).toEqual({ edited: 0, lines: [] });
    expect(textAt('t.txt')).toBe('1');
  });

  test('stays below a folder whose step is not done, but not beside it', async () => {
    const files = await folderOf({ 'sub/a': '1' });
    await said([
      [stepTo('out'), files],
      [stepTo('outer/b', 'other'), await fileOf('2')],
    ]);
    expect((await said([[stepTo('out'), undefined]])).lines).toEqual(['removed outer/b']);
    expect(textAt('out/sub/a')).toBe('1');
  });

  test('stays while not all steps of its stage are known', async () => {
    await said([[stepTo('t-${k}.txt', 'fit', { k: 6 }), await fileOf('1')]]);
    expect((await said([], { waiting: new Set(['fit']) })).lines).toEqual([]);
    expect((await said([], { waiting: new Set(['fi']) })).lines).toEqual(['removed t-6.txt']);
  });
});

describe('another profile', () => {
  const quick: Pipeline = pipelineOf([], { profile: 'quick', publishes: false });

  test('publishes to a folder of its own', async () => {
    const work: Work = [[stepTo('t.txt'), await fileOf('1')]];
    expect((await said(work, { pipeline: quick })).lines).toEqual([
      'written .colophon/published/quick/t.txt',
    ]);
    expect(existsSync(at('t.txt'))).toBe(false);
  });

  test('takes nothing back of the first', async () => {
    await said([[stepTo('t.txt'), await fileOf('1')]]);
    expect((await said([], { pipeline: quick })).lines).toEqual([]);
    expect(textAt('t.txt')).toBe('1');
  });

  test('cannot lead out of that folder by its name, nor have one too long', () => {
    const place = (profile: string) => publishedPlace({ ...quick, profile }, 't.txt');
    expect(place('default+fit.path=../../x')).toBe('.colophon/published/default+fit.path=..%2F..%2Fx/t.txt');
    const [one, other] = ['a', 'b'].map((end) => place(`${'x'.repeat(300)}${end}`)) as [string, string];
    expect(one).not.toBe(other);
    expect(one.split('/')[2]?.length).toBeLessThan(255);
  });
});

describe('refused', () => {
  test.each([
    ['through a link', () => symlinkSync('..', at('out')), 'out is a symbolic link'],
    ['below a file', () => on.write({ out: '' }), 'out is no folder'],
    ['in the place of a folder', () => mkdirSync(at('out/t.txt'), { recursive: true }), 'there is a folder'],
  ])('is a path %s', async (_, obstruct, message) => {
    obstruct();
    const work: Work = [[stepTo('out/t.txt'), await fileOf('1')]];
    await expect(said(work)).rejects.toThrow(message);
  });

  test('after others were written: those are remembered', async () => {
    mkdirSync(at('b.txt'));
    const work: Work = [
      [stepTo('a.txt', 'a'), await fileOf('1')],
      [stepTo('b.txt', 'b'), await fileOf('2')],
    ];
    await expect(said(work)).rejects.toThrow('there is a folder in its place');
    expect(on.store.published.list('default').map(({ path }) => path)).toEqual(['a.txt']);
  });
});
