/** Reports' data for tests: one of everything, to be changed where a test needs it. */
import { digestOf } from '../../../src/base/digest.ts';
import { stageOf } from '../../../src/model/case.ts';
import type { Judgement } from '../../../src/model/claim.ts';
import type { Cell } from '../../../src/model/kind.ts';
import type { Trace } from '../../../src/model/trace.ts';
import type { PublishedFile, ReportClaim, ReportData, ReportStep } from '../../../src/report/data.ts';

export function claim(id: string, status: Judgement['status'], says = `claim ${id}`): ReportClaim {
  return {
    declaration: {
      id,
      says,
      source: 'Section 1',
      value: 'summary.table[k=1].mean',
      selector: { step: 'summary', role: 'table', path: [] },
      relation: { type: 'rounds to', decimal: '0.3' },
      holds: 'rounds to 0.3',
      place: { file: 'pipeline.yaml', line: 1, column: 1 },
    },
    judgement: { claim: id, status, found: '0.2974', because: '', step: 'summary' },
  };
}

export function table(path: string, count: number, cell: (row: number) => Cell = (i) => i): PublishedFile {
  const rows = Array.from({ length: count }, (_, i) => [i, cell(i)]);
  return file(path, { type: 'table', table: { columns: ['n', 'value'], rows } });
}

export function file(path: string, content: PublishedFile['content']): PublishedFile {
  return { path, step: 'summary', role: 'table', digest: digestOf(path), size: 10, current: true, content };
}

export function step(id: string, evidence: Trace['evidence'] = {}): ReportStep {
  const digest = digestOf(id);
  const parts = {
    protocol: 1,
    code: digest,
    params: { draws: 8 },
    case: {},
    inputs: {},
    outs: { table: 'means/1' },
    environment: {},
  };
  const trace: Trace = {
    key: digest,
    parts,
    step: id,
    stage: stageOf(id),
    case: {},
    outs: { table: { digest, size: 7, kind: 'means/1', extension: 'csv' } },
    evidence,
    cost: { wall: 1200, cpu: 1100, memory: 0 },
    run: 'a-run',
    attempt: 'a-run.1',
    seen: {},
    at: 0,
    torn: false,
  };
  return { id, state: 'current', trace };
}

export const data: ReportData = {
  pipeline: 'small-paper',
  profile: 'default',
  run: undefined,
  claims: [claim('first', 'holds'), claim('second', 'fails')],
  published: [table('tables/a.csv', 3)],
  stages: [
    {
      name: 'sample',
      says: 'Draws.',
      made: 'stages/sample.ts',
      needs: [],
      code: ['stages/sample.ts'],
      steps: [step('sample@k=1'), step('sample@k=2')],
      waiting: false,
    },
    {
      name: 'summary',
      says: '',
      made: 'stages/summary.ts',
      needs: ['sample'],
      code: ['stages/summary.ts', 'lib/mean.ts'],
      steps: [step('summary', { largest: 0.5 })],
      waiting: false,
    },
  ],
};
