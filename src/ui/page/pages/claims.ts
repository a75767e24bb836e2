/** Every claim with how it stands, by paper; filtered by status or words. */
import { counted } from '../../../base/text.ts';
import { claimStatuses, countClaims } from '../../../model/claim-status.ts';
import type { ClaimRow, ClaimStatus } from '../../common/api.ts';
import { el, swap } from '../dom.ts';
import type { Known } from '../live.ts';
import type { MakePage } from '../page.ts';
import { quiet, reading } from '../parts/bits.ts';
import { claimCards } from '../parts/claim-list.ts';

export const claimsPage: MakePage = ({ known }, [wanted]) => {
  let claims: readonly ClaimRow[] = [];
  let drawn = -1;
  const asked = new Set<ClaimStatus>(claimStatuses.filter((status) => status === wanted));
  const words = el('input', {
    type: 'search',
    placeholder: 'filter by words',
    'aria-label': 'Filter claims by words',
    oninput: () => draw(),
  });
  const filters = el('div', { class: 'filters', role: 'group', 'aria-label': 'Filter claims by status' });
  const list = el('div');
  const lead = el('p', { class: 'lead' }, reading());

  const draw = () => {
    const query = words.value.toLowerCase();
    const shown = claims.filter(
      (claim) =>
        (asked.size === 0 || asked.has(claim.status)) &&
        `${claim.says} ${claim.source} ${claim.id} ${claim.value}`.toLowerCase().includes(query),
    );
    lead.textContent =
      claims.length === 0
        ? 'This pipeline makes no claims.'
        : `${counted(claims.length, 'claim')}: ${countClaims(claims)}.`;
    swap(filters, statuses().map(button), claims.length > 0 && words);
    swap(list, shown.length === 0 && claims.length > 0 && quiet('No claim is like that.'), papers(shown));
  };
  const statuses = () => claimStatuses.filter((status) => claims.some((claim) => claim.status === status));
  const button = (status: ClaimStatus) =>
    el(
      'button',
      {
        type: 'button',
        'aria-pressed': String(asked.has(status)),
        onclick: () => {
          if (!asked.delete(status)) asked.add(status);
          draw();
        },
      },
      `${status} ${claims.filter((claim) => claim.status === status).length}`,
    );
  const update = ({ plan }: Known) => {
    if (plan === undefined || plan.plan === drawn) return;
    drawn = plan.plan;
    claims = plan.claims;
    draw();
  };
  const node = el('div', { class: 'page' }, el('h1', {}, 'Claims'), lead, filters, list);
  update(known);
  return { title: 'Claims', node, update };
};

/** By the source's part before the comma; within a paper those first that need attention. */
function papers(claims: readonly ClaimRow[]): HTMLElement[] {
  const rank = ({ status }: ClaimRow) => claimStatuses.indexOf(status);
  const groups = Map.groupBy(claims, ({ source }) => source.split(',', 1)[0] as string);
  return [...groups].map(([paper, all]) =>
    el(
      'section',
      {},
      el('h2', {}, paper, el('span', { class: 'count' }, countClaims(all))),
      claimCards([...all].sort((a, b) => rank(a) - rank(b))),
    ),
  );
}
