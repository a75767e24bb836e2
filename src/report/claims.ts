/** The claims of the papers: how each stands, what was found and what is claimed. */
import type { ClaimStatus } from '../model/claim.ts';
import { anchor } from './anchor.ts';
import { trustBadge } from './badge.ts';
import type { ReportClaim } from './data.ts';
import { type Html, html } from './html.ts';

/** Those that need attention first; otherwise in the order of the file. */
const order: readonly ClaimStatus[] = ['fails', 'broken', 'undecided', 'stale', 'unknown', 'holds'];

const marks: Readonly<Record<ClaimStatus, string>> = {
  holds: '✓',
  fails: '✗',
  broken: '✗',
  undecided: '?',
  stale: '~',
  unknown: '·',
};

/** Whether a status is good news, bad news or none yet: decides the colour. */
export function tone(status: ClaimStatus): 'good' | 'bad' | 'open' {
  if (status === 'holds') return 'good';
  return status === 'fails' || status === 'broken' ? 'bad' : 'open';
}

export function claimsSection(claims: readonly ReportClaim[]): Html {
  const sorted = [...claims].sort((a, b) => rank(a) - rank(b));
  return html`<section id="claims">
    <h2>Claims</h2>
    ${
      claims.length === 0
        ? html`<p class="quiet">This pipeline makes no claims.</p>`
        : html`<ol class="claims">
            ${sorted.map(claimItem)}
          </ol>`
    }
  </section>`;
}

const rank = ({ judgement }: ReportClaim) => order.indexOf(judgement.status);

function claimItem({ declaration, judgement, trust }: ReportClaim): Html {
  const { id, says, source, value, holds, selector } = declaration;
  const { status, found, because } = judgement;
  return html`<li id="${anchor('claim', id)}" class="${tone(status)}">
    <p class="status"><span aria-hidden="true">${marks[status]}</span> ${status}</p>
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

/** `41 hold, 1 fails`. */
export function claimCounts(claims: readonly ReportClaim[]): string {
  return [...order]
    .reverse()
    .flatMap((status) => {
      const count = claims.filter(({ judgement }) => judgement.status === status).length;
      if (count === 0) return [];
      return [`${count} ${status === 'holds' && count > 1 ? 'hold' : status}`];
    })
    .join(', ');
}
