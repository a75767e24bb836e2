import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isScalar, parseDocument, visit } from 'yaml';
import { parsePipeline } from '../../src/config/parse.ts';
import type { Pipeline } from '../../src/model/pipeline.ts';
import { good, stageOf, told, withStages } from './support/parsed.ts';

const flagship = `
# yaml-language-server: $schema=./pipeline.schema.json
pipeline: least-symmetry-breaking
seed: 20191126
defaults: { retries: 1, resources: { cpus: 2, slots: { gpu: 1, disk: 2 } }, effects: [clock], random: true }
stages:
  minima:
    use: ./stages/minima.ts
    matrix: { k: [6, 8, 10, 20] }
    params: { starts: 1000, gradientTolerance: 1e-9, solver: { name: newton, steps: [1, 2.5] } }
    timeout: 1h 30min
    resources: { memory: 2 GB, slots: { gpu: 0 } }
  polish:
    use: stages/polish.ts
    matrix: { k: { from: minima } }
    deps: { candidates: minima.candidates }
    outs: { points: { compare: "tolerance(absolute 1e-12, relative 1e-9)" } }
  point:
    use: stages/point.ts
    matrix: { k: { from: minima }, minimum: { from: polish.points, id: label } }
    publish: { figure: "figures/k\${ k }/\${minimum}.svg" }
  scaling:
    use: stages/scaling.ts
    deps: { points: polish.points, notes: { path: data/notes/, pin: false, exclude: ["*.tmp", "*.bak"] } }
    publish: { figure: figures/scaling.svg, table: tables//scaling.csv }
  legacy:
    cmd: [python3, fit.py, "--in=\${deps.table}", "\${outs.model}", "\${params.order}", "$\${k}", ""]
    deps: { table: scaling.table, script: fit.py }
    params: { order: 2 }
    outs: { model: model.json, plots: { path: plots, folder: true, compare: canonical } }
    env: { OMP_NUM_THREADS: "1" }
    environment: { python: [python3, --version] }
    executor: slurm
    stochastic: true
profiles:
  quick: { minima: { matrix: { k: [6, 8] }, params: { starts: 100 }, resources: { cpus: 1, slots: { disk: 1 } } } }
claims:
  type-II-loss-decays:
    says: "the loss at type II minima decays like a/k with a ≈ 0.3"
    source: arXiv:2003.10576, abstract
    value: scaling.table[family=II].coefficient
    holds: rounds to 0.3
  first-loss:
    says: s
    source: t
    value: minima@k=6.losses[0]
    holds: in [0.1, 0.2]
    profile: quick
`;

const settings = { retries: 1, executor: 'local', random: true, stochastic: false, effects: ['clock'] };
const cpus = { cpus: 2, slots: { disk: 2, gpu: 1 } };
const empty = { matrix: {}, deps: {}, params: {}, outs: {}, publish: {}, env: {}, environment: {} };

/** The line, counted from 1, in which the text first stands. */
function lineOf(text: string): number {
  return flagship.split('\n').findIndex((line) => line.includes(text)) + 1;
}

describe('the flagship of the design', () => {
  const pipeline = good(flagship);

  test('has its name, its seed and its stages sorted by name', () => {
    expect(pipeline).toMatchObject({
      name: 'least-symmetry-breaking',
      seed: 20191126,
      profile: 'default',
      publishes: true,
    });
    expect(pipeline.stages.map((stage) => stage.name)).toEqual([
      'legacy',
      'minima',
      'point',
      'polish',
      'scaling',
    ]);
  });

  test('reads a stage file with values, params and settings over the defaults', () => {
    expect(stageOf(pipeline, 'minima')).toEqual({
      ...empty,
      ...settings,
      name: 'minima',
      computation: { type: 'typescript', file: 'stages/minima.ts' },
      matrix: { k: { type: 'values', values: [6, 8, 10, 20] } },
      params: { starts: 1000, gradientTolerance: 1e-9, solver: { name: 'newton', steps: [1, 2.5] } },
      resources: { cpus: 2, memory: 2e9, slots: { disk: 2 } },
      timeout: 5_400_000,
    });
  });

  test('reads values from a stage, values from items, deps and comparisons', () => {
    expect(stageOf(pipeline, 'polish')).toEqual({
      ...empty,
      ...settings,
      name: 'polish',
      computation: { type: 'typescript', file: 'stages/polish.ts' },
      matrix: { k: { type: 'same', stage: 'minima' } },
      deps: { candidates: { type: 'artifact', stage: 'minima', role: 'candidates' } },
      outs: { points: { folder: false, compare: { type: 'tolerance', absolute: 1e-12, relative: 1e-9 } } },
      resources: cpus,
    });
    expect(stageOf(pipeline, 'point').matrix).toEqual({
      k: { type: 'same', stage: 'minima' },
      minimum: { type: 'items', stage: 'polish', role: 'points', id: 'label' },
    });
  });

  test('gives paths their one spelling', () => {
    expect(stageOf(pipeline, 'scaling').deps['notes']).toEqual({
      type: 'source',
      path: 'data/notes',
      pin: false,
      exclude: ['*.bak', '*.tmp'],
    });
    expect(stageOf(pipeline, 'scaling').publish).toEqual({
      figure: 'figures/scaling.svg',
      table: 'tables/scaling.csv',
    });
    expect(stageOf(pipeline, 'point').publish).toEqual({ figure: 'figures/k${k}/${minimum}.svg' });
  });

  test('takes a command apart; defaults for stage files do not reach it', () => {
    expect(stageOf(pipeline, 'legacy')).toEqual({
      ...empty,
      ...settings,
      name: 'legacy',
      computation: {
        type: 'command',
        argv: [
          [{ type: 'text', text: 'python3' }],
          [{ type: 'text', text: 'fit.py' }],
          [
            { type: 'text', text: '--in=' },
            { type: 'dep', role: 'table' },
          ],
          [{ type: 'out', role: 'model' }],
          [{ type: 'param', name: 'order' }],
          [{ type: 'text', text: '${k}' }],
          [{ type: 'text', text: '' }],
        ],
      },
      deps: {
        table: { type: 'artifact', stage: 'scaling', role: 'table' },
        script: { type: 'source', path: 'fit.py', pin: true, exclude: [] },
      },
      params: { order: 2 },
      outs: {
        model: { path: 'model.json', folder: false, compare: { type: 'bytes' } },
        plots: { path: 'plots', folder: true, compare: { type: 'canonical' } },
      },
      env: { OMP_NUM_THREADS: '1' },
      environment: { python: ['python3', '--version'] },
      resources: cpus,
      executor: 'slurm',
      stochastic: true,
      random: false,
      effects: [],
    });
  });

  test('reads the claims, sorted', () => {
    expect(pipeline.claims).toEqual([
      {
        id: 'first-loss',
        says: 's',
        source: 't',
        value: 'minima@k=6.losses[0]',
        selector: { step: 'minima@k=6', role: 'losses', path: [{ type: 'index', index: 0 }] },
        holds: 'in [0.1, 0.2]',
        relation: { type: 'between', low: '0.1', high: '0.2' },
        profile: 'quick',
        place: { file: 'pipeline.yaml', line: lineOf('first-loss:'), column: 3 },
      },
      {
        id: 'type-II-loss-decays',
        says: 'the loss at type II minima decays like a/k with a ≈ 0.3',
        source: 'arXiv:2003.10576, abstract',
        value: 'scaling.table[family=II].coefficient',
        selector: {
          step: 'scaling',
          role: 'table',
          path: [
            { type: 'match', conditions: { family: 'II' } },
            { type: 'field', name: 'coefficient' },
          ],
        },
        holds: 'rounds to 0.3',
        relation: { type: 'rounds to', decimal: '0.3' },
        place: { file: 'pipeline.yaml', line: lineOf('type-II-loss-decays:'), column: 3 },
      },
    ]);
  });

  test('is plain data: written as JSON and read back it is the same', () => {
    expect(JSON.parse(JSON.stringify(pipeline))).toStrictEqual(pipeline);
  });
});

describe('places', () => {
  const lines = flagship.split('\n');
  /** What stands in the file at a place, up to the next comma, brace or end of line. */
  const textAt = (place: { line: number; column: number } | undefined) =>
    place && /^[^,}\n]*/.exec((lines[place.line - 1] as string).slice(place.column - 1))?.[0].trim();
  const places = Object.fromEntries(good(flagship).stages.map((stage) => [stage.name, stage.places]));

  test('lead back to what is written there', () => {
    expect(textAt(places['minima']?.[''])).toBe('minima:');
    expect(textAt(places['minima']?.['use'])).toBe('./stages/minima.ts');
    expect(textAt(places['minima']?.['matrix.k'])).toBe('[6');
    expect(textAt(places['minima']?.['params.starts'])).toBe('1000');
    expect(textAt(places['minima']?.['params.solver.name'])).toBe('newton');
    expect(textAt(places['polish']?.['deps.candidates'])).toBe('minima.candidates');
    expect(textAt(places['polish']?.['deps'])).toBe('{ candidates: minima.candidates');
    expect(textAt(places['scaling']?.['publish.figure'])).toBe('figures/scaling.svg');
    expect(textAt(places['legacy']?.['cmd'])).toBe('[python3');
    expect(textAt(places['legacy']?.['env.OMP_NUM_THREADS'])).toBe('"1"');
    expect(textAt(places['legacy']?.['executor'])).toBe('slurm');
  });

  test('of what a profile replaced lie in the profile', () => {
    const quick = good(flagship, { profile: 'quick' }).stages.find(
      (stage) => stage.name === 'minima',
    )?.places;
    expect(textAt(quick?.['params.starts'])).toBe('100');
    expect(textAt(quick?.['matrix.k'])).toBe('[6');
    expect(quick?.['matrix.k']?.line).toBe(lineOf('quick:'));
    expect(quick?.['params.gradientTolerance']?.line).toBe(lineOf('params: { starts: 1000'));
  });

  test('of what -S replaced name the option', () => {
    const stage = good(flagship, { overrides: ['minima.starts=5'] }).stages.find(
      (each) => each.name === 'minima',
    );
    expect(stage?.places['params.starts']).toEqual({ file: '-S minima.starts=5', line: 1, column: 1 });
  });
});

/** The same YAML with the fields of every map in another order. Anchors and comments are not in these texts. */
function shuffled(text: string, random: (length: number) => number): string {
  const document = parseDocument(text);
  visit(document, {
    Map: (_, map) => {
      for (let i = map.items.length - 1; i > 0; i--) {
        const j = random(i + 1);
        [map.items[i], map.items[j]] = [map.items[j] as never, map.items[i] as never];
      }
    },
  });
  return String(document);
}

/** All but the places, as text: so the order of names counts. */
function withoutPlaces(pipeline: Pipeline): string {
  return JSON.stringify(pipeline, (name, value: unknown) =>
    name === 'places' || name === 'place' ? undefined : value,
  );
}

test('the order of the fields of every map does not matter', () => {
  const expected = withoutPlaces(good(flagship, { profile: 'quick' }));
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat()), (stream) => {
      const text = shuffled(flagship, (length) => (stream.next().value as number) % length);
      expect(withoutPlaces(good(text, { profile: 'quick' }))).toBe(expected);
    }),
    { seed: 11, numRuns: 100 },
  );
});

test('every value of the file that is broken gives a problem in its own line', () => {
  const document = parseDocument(flagship);
  const breakable = new Set([
    'use',
    'retries',
    'timeout',
    'executor',
    'from',
    'compare',
    'stochastic',
    'seed',
    'value',
    'holds',
    'pin',
    'cpus',
    'memory',
  ]);
  const ranges: number[][] = [];
  visit(document, {
    Pair: (_, pair) => {
      if (
        isScalar(pair.key) &&
        breakable.has(String(pair.key.value)) &&
        isScalar(pair.value) &&
        pair.value.range
      )
        ranges.push([...pair.value.range]);
    },
  });
  expect(ranges.length).toBeGreaterThan(15);
  for (const [start, end] of ranges as [number, number][]) {
    const text = `${flagship.slice(0, start)}"no such thing; at all"${flagship.slice(end)}`;
    const isSeed = flagship.slice(0, start).endsWith('seed: ');
    const line = flagship.slice(0, start).split('\n').length;
    const problems = told(text);
    if (!isSeed) expect(problems.some((problem) => problem.startsWith(`pipeline.yaml:${line}:`))).toBe(true);
  }
});

describe('a pipeline that is partly wrong', () => {
  const text = withStages(
    'a: { use: stages/a.ts, retries: many, timeout: soon }',
    'b: { use: stages/b.ts, deps: { x: c.out } }',
    'c: { use: stages/c.ts, deps: { x: { pth: y } } }',
    'd: { use: stages/d.ts, parms: { x: 1 } }',
  );
  const { pipeline, problems } = parsePipeline(text, 'pipeline.yaml');

  test('keeps the stages that have only a wrong setting, with its default', () => {
    expect(pipeline && stageOf(pipeline, 'a')).toMatchObject({ retries: 0 });
    expect(pipeline && Object.hasOwn(stageOf(pipeline, 'a'), 'timeout')).toBe(false);
  });

  test('keeps the stages that refer to a wrong one, and leaves out the wrong ones', () => {
    expect(pipeline?.stages.map((stage) => stage.name)).toEqual(['a', 'b']);
    expect(problems.length).toBe(4);
  });

  test('whose text is no YAML, or no map, gives no pipeline', () => {
    expect(parsePipeline('a: [', 'f').pipeline).toBeUndefined();
    expect(parsePipeline('- a', 'f').pipeline).toBeUndefined();
    expect(parsePipeline('', 'f').problems.length).toBe(1);
  });
});

test('no text makes it throw, and a text with no pipeline has a problem', () => {
  const pieces = fc.constantFrom(
    'pipeline: p\n',
    'stages:\n',
    '  a:\n',
    '    use: stages/a.ts\n',
    '    matrix: ',
    '{ k: [6, 8] }\n',
    '&x ',
    '*x',
    '\n',
    '<<: *x\n',
    '- ',
    '"',
    '${k}',
    ': ',
    '[',
    ']',
    '{',
    '}',
    '    deps: { b: a.out }\n',
    '\t',
    '    publish: { f: "${k}.svg" }\n',
    'null',
    '!!set',
    '~',
    '# c\n',
    'claims: { c: { value: a.b } }\n',
    '---\n',
    '|\n',
    '  ',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
      const { pipeline, problems } = parsePipeline(parts.join(''), 'f', { overrides: ['a.k=6'] });
      expect(pipeline !== undefined || problems.length > 0).toBe(true);
    }),
    { seed: 5, numRuns: 2000 },
  );
});

test('anchors and merges give the same as writing it out', () => {
  const merged = withStages(
    'a: &common',
    '  use: stages/a.ts',
    '  matrix: &k { k: [6, 8] }',
    '  params: { starts: 5 }',
    'b:',
    '  <<: *common',
    '  use: stages/b.ts',
    'c: { <<: [{ matrix: *k }, *common], params: { starts: 6 } }',
  );
  const written = withStages(
    'a: { use: stages/a.ts, matrix: { k: [6, 8] }, params: { starts: 5 } }',
    'b: { use: stages/b.ts, matrix: { k: [6, 8] }, params: { starts: 5 } }',
    'c: { use: stages/a.ts, matrix: { k: [6, 8] }, params: { starts: 6 } }',
  );
  expect(withoutPlaces(good(merged))).toBe(withoutPlaces(good(written)));
});

test('sections left empty count as not written', () => {
  const text =
    'pipeline: p\nstages:\n  a:\n    use: stages/a.ts\n    params:\n    deps:\nclaims:\nprofiles:\ndefaults:\n';
  expect(stageOf(good(text), 'a')).toMatchObject({ params: {}, deps: {} });
});

test('a param may be null, and an empty list or map', () => {
  expect(
    stageOf(good(withStages('a: { use: s.ts, params: { x: null, y: [], z: {} } }')), 'a').params,
  ).toEqual({ x: null, y: [], z: {} });
});

test('ten thousand stages are read', () => {
  const lines = Array.from({ length: 10_000 }, (_, i) => [
    `s${i}:`,
    '  use: stages/s.ts',
    '  matrix: { k: [6, 8] }',
    `  deps: { before: ${i === 0 ? 'data.csv' : `s${i - 1}.out`} }`,
    `  publish: { figure: "figures/${i}/\${k}.svg" }`,
  ]);
  expect(good(withStages(...lines.flat())).stages.length).toBe(10_000);
});
