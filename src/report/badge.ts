/** A small badge that says how far a result can be trusted, with what it rests on as its title. */
import { counted, listed } from '../base/text.ts';
import type { Trust } from '../provenance/trust.ts';
import { type Html, html, nothing } from './html.ts';

const means = {
  declared: 'the pipeline says that it was made so',
  closed: 'it could read nothing but its declared inputs',
  reproduced: 'it could read nothing else, and came out again when executed again',
  attested: 'it came out again, and the result is signed',
} as const;

/** Nothing where nothing was executed. */
export function trustBadge(trust: Trust | undefined): Html {
  if (trust === undefined) return nothing;
  const { word, says } = trustWords(trust);
  return html`<span class="trust ${word}" title="${says}">${word}</span>`;
}

/** The level in a word, `refuted` where a re-execution gave something else, and what it rests on. */
export function trustWords({ level, facts, limitedBy }: Trust): {
  readonly word: string;
  readonly says: string;
} {
  const { reproduced, refuted, forged } = facts;
  const last = refuted.at(-1);
  if (last !== undefined)
    return { word: 'refuted', says: `executed again, it came out differently: ${last.says}` };
  const again = reproduced.length > 0 ? ` (${counted(reproduced.length, 're-execution')})` : '';
  const says =
    limitedBy.length > 0
      ? `no more than ${level}, as ${listed(limitedBy, 3)}: ${means[level]}`
      : `${means[level]}${again}`;
  const doubt = forged.length > 0 ? `; ${counted(forged.length, 'signature')} of it did not hold` : '';
  return { word: level, says: `${says}${doubt}` };
}
