/** Evaluates the text of a closed form in doubles: numbers, pi, sqrt, + − * / ^ and brackets. */

/** The value. Throws SyntaxError for any other text. */
export function evaluated(text: string): number {
  const tokens = text.match(/\d+|pi|sqrt|[-+*/^()]/g) ?? [];
  if (tokens.join('') !== text.replaceAll(' ', '')) throw new SyntaxError(`cannot read ${text}`);
  let at = 0;
  const accept = (token: string) => tokens[at] === token && ++at > 0;
  const atom = (): number => {
    if (accept('-')) return -power();
    if (accept('pi')) return Math.PI;
    if (accept('sqrt')) return Math.sqrt(atom());
    if (!accept('(')) return Number(tokens[at++]);
    const value = sum();
    if (!accept(')')) throw new SyntaxError(`unbalanced brackets in ${text}`);
    return value;
  };
  const power = (): number => {
    const base = atom();
    return accept('^') ? base ** atom() : base;
  };
  const product = (): number => {
    let value = power();
    for (;;) {
      if (accept('*')) value *= power();
      else if (accept('/')) value /= power();
      else return value;
    }
  };
  const sum = (): number => {
    let value = product();
    for (;;) {
      if (accept('+')) value += product();
      else if (accept('-')) value -= product();
      else return value;
    }
  };
  const value = sum();
  if (at !== tokens.length || Number.isNaN(value)) throw new SyntaxError(`cannot read ${text}`);
  return value;
}
