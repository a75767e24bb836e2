/**
 * The ends of a curve of equilibria for β = 0.
 *
 * (n/2) λ'(s) = 1 + sgn(s) D − (sgn(s)/s²) Σ σ_i δ_i / (q_i (q_i + 1)), with D = Σ σ_i and q_i = √(1 + δ_i/s²) in
 * (1, q_i(S)] for |s| ≥ S. Where 1 ± D ≠ 0, λ → ±∞; where it is 0, λ → 0 and |x| → ∞, as on the lost branch of p = n/2.
 */
import { directedDouble as ends } from '../math/precision/directed-double.ts';
import { intervalField } from '../math/precision/interval-field.ts';
import { sign } from '../math/precision/interval.ts';
import { type Curve, balance } from './curves.ts';

/** The sign of λ' for all s ≥ S (`side` 1) or all s ≤ −S (−1), S > 0; 0 where it is not proved. */
export function tailSign(curve: Curve, far: number, side: 1 | -1): -1 | 0 | 1 {
  const F = intervalField(ends);
  // 1/s² and everything that grows with it.
  const w = { lo: 0, hi: F.div(F.one, F.mul(F.fromNumber(far), F.fromNumber(far))).hi };
  let sum = F.zero;
  curve.offsets.forEach((offset, i) => {
    if (i === curve.place) return;
    const q = F.sqrt(F.add(F.one, F.scale(w, offset)));
    sum = F.add(sum, F.scale(F.div(F.fromNumber(offset), F.mul(q, F.add(q, F.one))), curve.signs[i]!));
  });
  const lead = 1 + side * balance(curve);
  const rest = F.scale(sum, -side);
  return sign(ends, lead === 0 ? rest : F.add(F.fromNumber(lead), F.mul(rest, w)));
}
