/**
 * Runs of the SS18 protocol per second of one core: `node bench/training.ts [runs]`. The same starts three times: plain
 * TypeScript, WebAssembly, and WebAssembly with runs ended where their minimum is certified. CPU time is what counts.
 */
import { randomStream } from '../src/base/random.ts';
import { identity } from '../src/science/math/matrix.ts';
import type { Engine, Shape } from '../src/science/network/engine.ts';
import { plainEngine } from '../src/science/network/plain.ts';
import { safranShamir, xavierStart } from '../src/science/network/protocol.ts';
import { train } from '../src/science/network/train.ts';
import { wasmEngine } from '../src/science/network/wasm-engine.ts';
import { shortcuts } from '../src/science/network/watch.ts';

const scale = Number(process.argv[2] ?? 24);
const stream = randomStream('00112233445566778899aabbccddeeff');

interface Rate {
  readonly perSecond: number;
  /** Steps of descent, in the mean over the runs. */
  readonly steps: number;
  readonly spurious: number;
}

/** Trains `count` runs of k neurons, after some that are not counted, so that the code is warm. */
function rateOf(make: (shape: Shape) => Engine, k: number, count: number, fast: boolean): Rate {
  const target = identity(k);
  const watch = fast ? shortcuts(k, target, safranShamir) : undefined;
  const starts = (runs: number) =>
    Array.from({ length: runs }, (_, run) => ({ run, weights: xavierStart(stream, run, k, k) }));
  const engine = make({ neurons: k, target });
  train(engine, target, starts(Math.min(count, 16)), safranShamir, watch);
  const before = process.cpuUsage();
  const runs = train(engine, target, starts(count), safranShamir, watch);
  const used = process.cpuUsage(before);
  const total = runs.reduce((sum, { iterations }) => sum + iterations, 0);
  return {
    perSecond: (1e6 * count) / (used.user + used.system),
    steps: Math.round(total / count),
    spurious: runs.filter(({ spurious }) => spurious).length,
  };
}

const head = [
  'k',
  'runs',
  'plain/s',
  'wasm/s',
  'certified/s',
  'wasm:plain',
  'certified:wasm',
  'steps',
  'certified steps',
];
console.log(head.map((name) => name.padStart(15)).join(''));
for (const k of [6, 10, 15, 20]) {
  const count = 2 * Math.max(2, Math.round((scale * 36) / (k * k)));
  const plain = rateOf(plainEngine, k, count, false);
  const wasm = rateOf(wasmEngine, k, count, false);
  const fast = rateOf(wasmEngine, k, count, true);
  if (new Set([plain.spurious, wasm.spurious, fast.spurious]).size > 1)
    throw new Error(`k=${k}: the three differ`);
  const rates = [plain, wasm, fast].map(({ perSecond }) => perSecond.toFixed(1));
  const ratios = [wasm.perSecond / plain.perSecond, fast.perSecond / wasm.perSecond].map((x) => x.toFixed(2));
  console.log(
    [k, count, ...rates, ...ratios, wasm.steps, fast.steps].map((cell) => String(cell).padStart(15)).join(''),
  );
}
