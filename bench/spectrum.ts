/**
 * Times whole spectra of the Hessian: `node bench/spectrum.ts [python]`. In one run and in turns, as processor time,
 * the least of several rounds: the spectrum at a given critical point, irrep by irrep, and `spectrum`, which finds the
 * point by continuation first, against a dense computation by NumPy at the given point. Then `spectrum` alone up to
 * d = 10^9, where its cost must not grow.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { criticalPoint } from '../src/science/family/critical-point.ts';
import { denseMatrix } from '../src/science/family/dense.ts';
import { branchOf, type SpuriousName } from '../src/science/family/families.ts';
import { type Spectrum, spectrum, spectrumOf } from '../src/science/family/spectrum.ts';
import { toRows } from '../src/science/math/matrix.ts';

const families: readonly SpuriousName[] = ['A', 'II', '2'];
const denseSizes = [10, 20, 40];
const sizes = [20, 100, 1e3, 1e4, 1e5, 1e6, 1e9];
const pythons = process.argv[2] === undefined ? ['/usr/bin/python3', 'python3'] : [process.argv[2]];
const script = join(import.meta.dirname, 'spectrum.py');

interface Answer {
  readonly seconds: number;
  readonly eigenvalues: readonly number[];
  readonly numpy: string;
}

/** Processor milliseconds, the least of several rounds. */
function milliseconds(work: () => unknown, rounds: number): number {
  let least = Infinity;
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** NumPy's answers, one a matrix; undefined where there is no NumPy. */
function dense(matrices: readonly (readonly (readonly number[])[])[]): Answer[] | undefined {
  const input = matrices.map((rows) => JSON.stringify(rows)).join('\n');
  const env = { PATH: process.env['PATH'] ?? '', OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
  for (const python of pythons) {
    if (spawnSync(python, ['-c', 'import numpy'], { env }).status !== 0) continue;
    const { status, stdout, stderr } = spawnSync(python, [script], {
      input,
      env,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    if (status !== 0) throw new Error(`${python} ${script} failed: ${stderr}`);
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Answer);
  }
  return undefined;
}

function expanded({ lines }: Spectrum): number[] {
  return lines
    .flatMap(({ eigenvalue, multiplicity }) => Array.from({ length: multiplicity }, () => eigenvalue))
    .sort((a, b) => a - b);
}

function farthest(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Infinity;
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0);
}

for (let warmUp = 0; warmUp < 30; warmUp++) for (const family of families) spectrum({ family, d: 1e6 });

const cases = families.flatMap((family) => denseSizes.map((d) => ({ family, d })));
const answers = dense(cases.map((query) => toRows(denseMatrix(criticalPoint(query)))));
if (answers === undefined) {
  console.log(`skipped: no NumPy in ${pythons.join(', ')} (Debian: apt-get install python3-numpy)`);
} else {
  console.log(`NumPy ${answers[0]?.numpy}, one thread`);
  console.log('                                    processor ms          NumPy / ours');
  console.log('family   d   eigenvalues    given   found    NumPy     given     found   largest difference');
  cases.forEach((query, i) => {
    const { seconds, eigenvalues } = answers[i] as Answer;
    const point = criticalPoint(query);
    const branch = branchOf(query.family);
    const given = milliseconds(() => spectrumOf(point, branch), 30);
    const found = milliseconds(() => spectrum(query), 30);
    const numpy = seconds * 1000;
    const cells = [
      query.family.padEnd(6),
      String(query.d).padStart(3),
      String(eigenvalues.length).padStart(13),
      given.toFixed(2).padStart(8),
      found.toFixed(2).padStart(7),
      numpy.toFixed(1).padStart(8),
      (numpy / given).toFixed(1).padStart(9),
      (numpy / found).toFixed(1).padStart(9),
      farthest(expanded(spectrum(query)), eigenvalues)
        .toExponential(1)
        .padStart(20),
    ];
    console.log(cells.join(' '));
  });
}

console.log('\ncriticalPoint and spectrum, ms after warm-up (at most 5 at d = 10^6)');
console.log(['family', ...sizes.map((d) => String(d).padStart(8))].join(' '));
for (const family of families) {
  const times = sizes.map((d) =>
    milliseconds(() => spectrum({ family, d }), 30)
      .toFixed(2)
      .padStart(8),
  );
  console.log([family.padEnd(6), ...times].join(' '));
}
