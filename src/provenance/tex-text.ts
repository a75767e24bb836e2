/** Writes numbers and other text so that LaTeX prints them as they are. */

const special: Readonly<Record<string, string>> = {
  '\\': String.raw`\textbackslash{}`,
  '~': String.raw`\textasciitilde{}`,
  '^': String.raw`\textasciicircum{}`,
};

/** Characters that LaTeX knows by a name of its mathematics, and those names in the same order. */
const characters = 'αβγδεζηθκλμνξπρστφχψωΓΔΘΛΞΠΣΦΨΩ×·±∓≤≥≠≈∼∞∈⊂⊕⊗→';
const names = [
  'alpha beta gamma delta varepsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau varphi chi psi omega',
  'Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega',
  'times cdot pm mp le ge ne approx sim infty in subset oplus otimes to',
]
  .join(' ')
  .split(' ');

/** A number as mathematics, other text with TeX's own characters escaped; what LaTeX may not know is left as it is. */
export function texText(text: string): string {
  const [, mantissa, exponent] = /^(-?\d+(?:\.\d+)?)(?:e([-+]?\d+))?$/.exec(text) ?? [];
  if (mantissa === undefined) return text.replace(/[\\{}$&#_%~^]|[^\p{ASCII}]/gu, texCharacter);
  if (exponent === undefined) return mantissa.startsWith('-') ? `\\ensuremath{${mantissa}}` : mantissa;
  return `\\ensuremath{${mantissa}\\times 10^{${Number(exponent)}}}`;
}

function texCharacter(character: string): string {
  const name = names[characters.indexOf(character)];
  if (name !== undefined) return `\\ensuremath{\\${name}}`;
  return /\p{ASCII}/u.test(character) ? (special[character] ?? `\\${character}`) : character;
}
