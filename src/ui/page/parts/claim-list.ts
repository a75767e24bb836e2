/** Claims as cards: the sentence, how it stands, what was found against what is claimed. */
import type { ClaimRow } from '../../common/api.ts';
import { hashOf } from '../../common/route.ts';
import { el } from '../dom.ts';
import { claimChip, code, trustChip } from './bits.ts';

/** Those that need attention first. */
export const claimOrder = ['fails', 'broken', 'undecided', 'stale', 'unknown', 'holds'] as const;

export function claimCard(claim: ClaimRow): HTMLElement {
  const { id, says, source, value, holds, status, found, because, step, trust } = claim;
  return el(
    'li',
    { class: `claim ${status}`, id: `claim-${id}` },
    el('div', { class: 'verdict' }, claimChip(status)),
    el('div', { class: 'sentence' }, el('p', {}, says), el('p', { class: 'quiet' }, source, ' · ', code(id))),
    el(
      'dl',
      { class: 'facts' },
      el(
        'div',
        {},
        el('dt', {}, 'found'),
        el('dd', {}, found === undefined ? '—' : code(found), trust !== undefined && [' ', trustChip(trust)]),
      ),
      el('div', {}, el('dt', {}, 'claimed'), el('dd', {}, code(holds))),
      el('div', {}, el('dt', {}, 'from'), el('dd', {}, el('a', { href: hashOf('step', step) }, code(value)))),
      because !== '' && el('div', {}, el('dt', {}, 'why'), el('dd', {}, because)),
    ),
  );
}

export const claimCards = (claims: readonly ClaimRow[]): HTMLElement =>
  el('ol', { class: 'claims' }, claims.map(claimCard));

/** `111 hold, 23 unknown`. */
export function claimCounts(claims: readonly ClaimRow[]): string {
  const parts = [...claimOrder].reverse().flatMap((status) => {
    const count = claims.filter((each) => each.status === status).length;
    return count === 0 ? [] : [`${count} ${status === 'holds' && count > 1 ? 'hold' : status}`];
  });
  return parts.join(', ');
}
