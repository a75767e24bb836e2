/** Text with `${name}` in it, taken apart; `$${` stands for a plain `${`. */

type TemplatePart =
  | { readonly type: 'text'; readonly text: string }
  /** `index` is where its `$` stands in the text. */
  | { readonly type: 'name'; readonly name: string; readonly index: number }
  | { readonly type: 'unclosed'; readonly index: number };

export function splitTemplate(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let plain = '';
  for (const match of text.matchAll(/\$\$\{|\$\{([^{}]*)\}|\$\{|[^$]+|\$/g)) {
    const [token, name] = match;
    if (token === '$${') plain += '${';
    else if (!token.startsWith('${')) plain += token;
    else {
      if (plain !== '') parts.push({ type: 'text', text: plain });
      plain = '';
      parts.push(
        name === undefined
          ? { type: 'unclosed', index: match.index }
          : { type: 'name', name: name.trim(), index: match.index },
      );
    }
  }
  if (plain !== '' || parts.length === 0) parts.push({ type: 'text', text: plain });
  return parts;
}
