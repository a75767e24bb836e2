/** Takes steps of gradient descent in WebAssembly, two runs at a time in the two lanes of its vectors. */
import { matrix } from '../math/matrix.ts';
import { type KernelExports, kernels } from '../wasm/instance.ts';
import { wasm } from '../wasm/network.generated.ts';
import { type Engine, isIdentity, type Shape } from './engine.ts';
import { measureRows } from './rows.ts';

interface NetworkExports extends KernelExports {
  prepare(neurons: number, width: number, targets: number, orthonormal: boolean): void;
  measureTarget(): void;
  targetAt(): number;
  weightAt(): number;
  settingsAt(): number;
  rowBytes(): number;
  descend(limit: number): number;
  largestSquare(lane: number): number;
}

/** An engine of two lanes, with the bits of `plainEngine`. Throws RowError for a target with a zero row. */
export function wasmEngine({ neurons, target }: Shape): Engine {
  measureRows(target, 'target');
  const run = kernels<NetworkExports>(wasm).exports();
  const width = target.columns;
  run.prepare(neurons, width, target.rows, isIdentity(target));
  const memory = new Float64Array(run.memory.buffer);
  const stride = run.rowBytes() / 8;
  const weights = run.weightAt() / 8;
  const settings = run.settingsAt() / 8;
  write(memory, run.targetAt() / 8, stride, target.data, width, 0);
  write(memory, run.targetAt() / 8, stride, target.data, width, 1);
  run.measureTarget();
  const set = (lane: number, step: number, stop: number, ceiling: number) => {
    memory[settings + lane] = step;
    memory[settings + 2 + lane] = stop;
    memory[settings + 4 + lane] = ceiling;
  };
  const still = Float64Array.from({ length: neurons * width }, (_, at) =>
    at % width === Math.floor(at / width) % width ? 1 : 0,
  );
  const rest = (lane: number) => {
    write(memory, weights, stride, still, width, lane);
    set(lane, 0, -1, Infinity);
  };
  rest(0);
  rest(1);
  return {
    lanes: 2,
    rest,
    load(lane, { rows, columns, data }, { step, stop, ceiling }) {
      if (rows !== neurons || columns !== width)
        throw new RangeError(`${rows}x${columns} weights in an engine for ${neurons}x${width}`);
      write(memory, weights, stride, data, width, lane);
      set(lane, step, stop * stop, ceiling * ceiling);
    },
    descend: (limit) => run.descend(limit),
    largestRow: (lane) => Math.sqrt(run.largestSquare(lane)),
    weights: (lane) => matrix(neurons, width, read(memory, weights, stride, neurons, width, lane)),
  };
}

function write(
  memory: Float64Array,
  base: number,
  stride: number,
  data: Float64Array,
  width: number,
  lane: number,
): void {
  for (let at = 0; at < data.length; at++)
    memory[base + Math.floor(at / width) * stride + 2 * (at % width) + lane] = data[at] as number;
}

function read(
  memory: Float64Array,
  base: number,
  stride: number,
  rows: number,
  width: number,
  lane: number,
): Float64Array {
  const data = new Float64Array(rows * width);
  for (let i = 0, at = 0; i < rows; i++)
    for (let l = 0; l < width; l++) data[at++] = memory[base + i * stride + 2 * l + lane] as number;
  return data;
}
