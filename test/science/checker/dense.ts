/** The loss and its derivatives on full matrices in doubles, straight from the formulas of the literature. */

export type Dense = readonly (readonly number[])[];
type Vector = readonly number[];

const dot = (x: Vector, y: Vector) => x.reduce((sum, value, i) => sum + value * (y[i] as number), 0);
const norm = (x: Vector) => Math.sqrt(dot(x, x));
const unit = (x: Vector) => x.map((value) => value / norm(x));
const combine = (x: Vector, p: number, y: Vector, q: number) =>
  x.map((value, i) => p * value + q * (y[i] as number));

function angle(w: Vector, v: Vector): number {
  const [x, y] = [unit(w), unit(v)];
  return 2 * Math.atan2(norm(combine(x, 1, y, -1)), norm(combine(x, 1, y, 1)));
}

const identity = (d: number): Dense =>
  Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_, j) => Number(i === j)));

function kernel(w: Vector, v: Vector): number {
  const theta = angle(w, v);
  return (norm(w) * norm(v) * (Math.sin(theta) + (Math.PI - theta) * Math.cos(theta))) / (2 * Math.PI);
}

/** L(W) for the target I_d. */
export function denseLoss(w: Dense): number {
  const v = identity(w[0]!.length);
  const sum = (x: Dense, y: Dense) => x.reduce((s, p) => s + y.reduce((t, q) => t + kernel(p, q), 0), 0);
  return sum(w, w) / 2 - sum(w, v) + sum(v, v) / 2;
}

/** ⟨∇L(W), U⟩. */
export function denseSlope(w: Dense, u: Dense): number {
  const others = [
    ...w.map((row) => ({ row, side: 1 })),
    ...identity(w[0]!.length).map((row) => ({ row, side: -1 })),
  ];
  let total = 0;
  w.forEach((wi, i) => {
    others.forEach(({ row, side }) => {
      const theta = angle(wi, row);
      const gradient = combine(unit(wi), norm(row) * Math.sin(theta), row, Math.PI - theta);
      total += (side * dot(gradient, u[i]!)) / (2 * Math.PI);
    });
  });
  return total;
}

/** The normal n of h₁ and h₂: zero where sin θ is. */
function normal(v: Vector, w: Vector): Vector {
  const theta = angle(w, v);
  const raw = combine(unit(v), 1, unit(w), -Math.cos(theta));
  return theta < 1e-7 || theta > Math.PI - 1e-7 ? raw.map(() => 0) : unit(raw);
}

type Form = (p: Vector, q: Vector) => number;

/** ⟨p, h₁(x, y) q⟩, as a function of p and q. */
function h1(x: Vector, y: Vector): Form {
  const [xHat, n] = [unit(x), normal(y, x)];
  const factor = (norm(y) * Math.sin(angle(x, y))) / (2 * Math.PI * norm(x));
  return (p, q) => factor * (dot(p, q) - dot(p, xHat) * dot(q, xHat) + dot(p, n) * dot(q, n));
}

/** ⟨p, h₂(x, y) q⟩, as a function of p and q. */
function h2(x: Vector, y: Vector): Form {
  const [xHat, yHat, nxy, nyx] = [unit(x), unit(y), normal(x, y), normal(y, x)];
  const theta = angle(x, y);
  return (p, q) => {
    const mixed = dot(p, nxy) * dot(yHat, q) + dot(p, nyx) * dot(xHat, q);
    return ((Math.PI - theta) * dot(p, q) + mixed) / (2 * Math.PI);
  };
}

/** ⟨U, ∇²L(W) U′⟩ as a function of two directions. */
export function denseHessian(w: Dense): (u: Dense, v: Dense) => number {
  const pairs = w.map((x, i) => w.map((y, j) => (i === j ? undefined : { own: h1(x, y), mixed: h2(x, y) })));
  const targets = w.map((x) => identity(w[0]!.length).map((target) => h1(x, target)));
  return (u, v) => {
    let total = 0;
    for (let i = 0; i < w.length; i++) {
      total += dot(u[i]!, v[i]!) / 2;
      pairs[i]!.forEach((pair, j) => {
        if (pair !== undefined) total += pair.own(u[i]!, v[i]!) + pair.mixed(u[i]!, v[j]!);
      });
      for (const form of targets[i]!) total -= form(u[i]!, v[i]!);
    }
    return total;
  };
}
