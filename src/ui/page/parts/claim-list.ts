/** Claims as cards: the sentence, how it stands, what was found against what is claimed. */
import type { ClaimRow } from '../../common/api.ts';
import { hashOf } from '../../common/route.ts';
import { el } from '../dom.ts';
import { claimChip, code, trustChip } from './bits.ts';

function claimCard(claim: ClaimRow): HTMLElement {
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
