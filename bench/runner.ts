/**
 * Times whole runs of tiny TypeScript steps: cold, up to date, and after one change; for chains, fans and layered
 * random graphs; beside the floors that no runner can go below. Usage: `node bench/runner.ts [steps…]`.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Shape, writeProject } from './support/project.ts';

const launcher = join(import.meta.dirname, '../dist/colophon.js');

interface Timing {
  /** Seconds. */
  readonly wall: number;
  readonly cpu: number;
}

/** One run of the command line, with the processor time of all its processes. */
function time(root: string, ...flags: readonly string[]): Timing {
  const began = process.hrtime.bigint();
  const result = spawnSync(
    'bash',
    ['-c', 'TIMEFORMAT="%U %S"; time "$@" 2>&1', '-', process.execPath, launcher, 'run', '-q', ...flags],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (result.status !== 0) throw new Error(`run failed in ${root}: ${result.stdout}${result.stderr}`);
  const wall = Number(process.hrtime.bigint() - began) / 1e9;
  const [user = 0, system = 0] = (result.stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return { wall, cpu: user + system };
}

/** The least of several runs: what the machine can do when it is not doing something else. */
function best(runs: number, measure: () => Timing): Timing {
  const timings = Array.from({ length: runs }, measure);
  return timings.reduce((least, each) => (each.cpu < least.cpu ? each : least));
}

const seconds = (value: number) => `${value.toFixed(2)} s`.padStart(9);

/** Files written just now are not trusted by their stat; a benchmark of an up-to-date run starts from older ones. */
function age(root: string): void {
  const past = Date.now() / 1000 - 10;
  for (const name of [
    'pipeline.yaml',
    'stages/source.ts',
    'stages/add1.ts',
    'stages/add2.ts',
    'stages/add3.ts',
  ])
    utimesSync(join(root, name), past, past);
}

function measureShape(shape: Shape, steps: number): void {
  const root = writeProject(shape, steps);
  age(root);
  const pause = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500);
  pause();
  const cold = time(root);
  pause();
  time(root);
  const warm = best(5, () => time(root));
  const yaml = join(root, 'pipeline.yaml');
  const middle = `i: ${Math.floor(steps / 2)} }`;
  writeFileSync(yaml, readFileSync(yaml, 'utf8').replace(middle, `i: ${steps + 1} }`));
  const change = time(root);
  const row = [
    shape.padEnd(7),
    String(steps).padStart(6),
    seconds(cold.wall),
    seconds(cold.cpu),
    seconds(warm.wall),
    seconds(warm.cpu),
    seconds(change.wall),
    seconds(change.cpu),
  ];
  console.log(row.join('  '));
  rmSync(root, { recursive: true, force: true });
}

/** What starting Node, statting, hashing and SQLite cost by themselves for as many steps. */
function measureFloors(steps: number): void {
  const clock = (name: string, work: () => void) => {
    const began = process.hrtime.bigint();
    work();
    console.log(`${name.padEnd(44)} ${seconds(Number(process.hrtime.bigint() - began) / 1e9)}`);
  };
  const folder = mkdtempSync(join(tmpdir(), 'colophon-floor-'));
  clock('start Node and stop', () => void spawnSync(process.execPath, ['-e', '0']));
  clock(`stat a file ${steps} times`, () => {
    for (let i = 0; i < steps; i++) statSync(launcher, { bigint: true });
  });
  clock(`hash ${steps} times 1 KB`, () => {
    const bytes = Buffer.alloc(1024);
    for (let i = 0; i < steps; i++) createHash('sha256').update(bytes).update(String(i)).digest('hex');
  });
  const db = new Database(join(folder, 'floor.sqlite'));
  db.pragma('journal_mode = WAL');
  db.exec('CREATE TABLE row (key TEXT PRIMARY KEY, value TEXT) STRICT');
  const insert = db.prepare('INSERT INTO row VALUES (?, ?)');
  clock(`insert ${steps} rows in one transaction`, () =>
    db.transaction(() => {
      for (let i = 0; i < steps; i++) insert.run(String(i), 'x'.repeat(500));
    })(),
  );
  clock(`read ${steps} rows one by one`, () => {
    const read = db.prepare('SELECT value FROM row WHERE key = ?');
    for (let i = 0; i < steps; i++) read.get(String(i));
  });
  db.close();
  rmSync(folder, { recursive: true, force: true });
}

const sizes = process.argv.slice(2).map(Number);
console.log('shape     steps  cold wall   cold cpu   same wall   same cpu   one wall    one cpu');
for (const steps of sizes.length > 0 ? sizes : [100, 1000, 10_000])
  for (const shape of ['chain', 'fan', 'layers'] as const) measureShape(shape, steps);
console.log('\nfloors');
measureFloors(10_000);
