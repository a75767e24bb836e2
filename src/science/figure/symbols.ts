/** Lists the symbols that formulas in labels may name, and how each stands to its neighbours. */

/** How an atom stands to its neighbours; operators and relations get space around them, as in TeX. */
export type AtomClass =
  | 'ordinary'
  | 'operator'
  | 'binary'
  | 'relation'
  | 'open'
  | 'close'
  | 'comma'
  | 'space';

/** Names and characters in turn. */
const symbols =
  'alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ iota ι kappa κ ' +
  'lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ' +
  'ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω times × cdot ⋅ pm ± ' +
  'otimes ⊗ oplus ⊕ circ ∘ cap ∩ cup ∪ le ≤ leq ≤ ge ≥ geq ≥ ll ≪ gg ≫ approx ≈ sim ∼ equiv ≡ ' +
  'propto ∝ in ∈ to → subset ⊂ perp ⊥ nabla ∇ partial ∂ infty ∞ ell ℓ dots … forall ∀ exists ∃ ' +
  'prime ′ langle ⟨ rangle ⟩ sqrt √ int ∫ ';

/** Words that are set upright when written as `\log`. */
const words = 'log exp min max det dim sin cos lim tr Iso';

const kinds: readonly (readonly [AtomClass, string])[] = [
  ['binary', '+−±×⋅⊗⊕∘∩∪∓∗'],
  ['relation', '=<>≤≥≪≫≈∼≃≅≡∝∈→←↔⇒⇔⊂⊆⊥:'],
  ['open', '([{⟨'],
  ['close', ')]}⟩!'],
  ['comma', ',;'],
];

/** The character of `\name`, undefined where there is none. */
export function symbolNamed(name: string): string | undefined {
  return new RegExp(`(?:^| )${name} (\\S)`, 'u').exec(symbols)?.[1];
}

/** Whether `\name` is a word set upright. */
export function wordNamed(name: string): boolean {
  return words.split(' ').includes(name);
}

/** How a character stands to its neighbours. */
export function classOfCharacter(character: string): AtomClass {
  return kinds.find(([, members]) => members.includes(character))?.[0] ?? 'ordinary';
}
