/** The claims of the papers: how each stands, what was found and what is claimed. */
import { counted } from '../base/text.ts';
import { claimMark, claimStatuses, claimTone, countClaims } from '../model/claim-status.ts';
import { anchor } from './anchor.ts';
import { trustBadge } from './badge.ts';
import type { ReportClaim } from './data.ts';
import { type Html, html } from './html.ts';

/** By paper, those papers first whose claims need attention. */
export function claimsSection(claims: readonly ReportClaim[]): Html {
  const sorted = [...claims].sort((a, b) => rank(a) - rank(b));
  const papers = Map.groupBy(sorted, ({ declaration }) => declaration.source.split(',', 1)[0] as string);
  return html`<section id="claims">
    <h2>Claims</h2>
    ${claims.length === 0 && html`<p class="quiet">This pipeline makes no claims.</p>`}
    ${[...papers].map(([paper, members]) => paperOf(paper, members))}
  </section>`;
}

/** Those that nothing is known of yet stand last, and closed: there is nothing to read in them. */
function paperOf(paper: string, claims: readonly ReportClaim[]): Html {
  const open = claims.filter(({ judgement }) => judgement.status === 'unknown');
  const told = claims.filter(({ judgement }) => judgement.status !== 'unknown');
  return html`<article class="paper">
    <h3>${paper} <span class="quiet">${countClaims(claims.map(({ judgement }) => judgement))}</span></h3>
    ${told.length > 0 && list(told)}${
      open.length > 0 &&
      html`<details class="unknown">
        <summary>${counted(open.length, 'claim')} not judged${reasonOf(open)}</summary>
        ${list(open)}
      </details>`
    }
  </article>`;
}

const list = (claims: readonly ReportClaim[]): Html =>
  html`<ol class="claims">
    ${claims.map(claimItem)}
  </ol>`;

/** Why, where it is the same for all. */
function reasonOf(claims: readonly ReportClaim[]): string {
  const reasons = new Set(claims.map(({ judgement }) => judgement.because));
  return reasons.size === 1 ? ` (${[...reasons][0]})` : '';
}

/** A paper with nothing known comes after all others. */
function rank({ judgement: { status } }: ReportClaim): number {
  return status === 'unknown' ? claimStatuses.length : claimStatuses.indexOf(status);
}

function claimItem({ declaration, judgement, trust }: ReportClaim): Html {
  const { id, says, source, value, holds, selector } = declaration;
  const { status, found, because } = judgement;
  return html`<li id="${anchor('claim', id)}" class="${claimTone(status)}">
    <p class="status"><span aria-hidden="true">${claimMark(status)}</span> ${status}</p>
    <div>
      <p class="says">${says}</p>
      <p class="quiet">${source} · <code>${id}</code></p>
    </div>
    <dl>
      <div>
        <dt>found</dt>
        <dd>${found === undefined ? '—' : html`<code>${found}</code> ${trustBadge(trust)}`}</dd>
      </div>
      <div>
        <dt>claimed</dt>
        <dd><code>${holds}</code></dd>
      </div>
      <div>
        <dt>from</dt>
        <dd>
          <a href="#${anchor('step', judgement.step ?? selector.step)}"><code>${value}</code></a>
        </dd>
      </div>
      ${
        because !== '' &&
        html`<div>
          <dt>why</dt>
          <dd>${because}</dd>
        </div>`
      }
    </dl>
  </li>`;
}

/** How the claims stand, as a bar; told in words beside it. */
export function claimBar(claims: readonly ReportClaim[]): Html {
  const tones = ['good', 'bad', 'open'] as const;
  const count = (wanted: (typeof tones)[number]) =>
    claims.filter(({ judgement: { status } }) => status !== 'unknown' && claimTone(status) === wanted).length;
  let x = 0;
  const pieces = tones.map((each) => {
    const from = x;
    x += (100 * count(each)) / claims.length;
    return html`<rect class="${each}" x="${from}%" width="${x - from}%" height="8" />`;
  });
  return html`<svg class="bar" height="8" aria-hidden="true">${pieces}</svg>`;
}
