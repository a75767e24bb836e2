/** What a step gave, as it looks, and what it read. */
import { byteSize, counted } from '../../../base/text.ts';
import { readableName } from '../../../model/case.ts';
import type { ArtifactPage, InputRow, OutRow } from '../../common/api.ts';
import { hashOf } from '../../common/route.ts';
import { ask } from '../client.ts';
import { type Child, el } from '../dom.ts';
import { code, digestLink, quiet, stepLink } from './bits.ts';
import { previewOf } from './preview.ts';

export function outView(out: OutRow): HTMLElement {
  const { role, digest, size, kind, extension, published, usedBy } = out;
  const shown = el('div', { class: 'shown' }, quiet('Reading…'));
  void ask<ArtifactPage>('artifact', { digest, extension })
    .then(({ preview }) => shown.replaceChildren(previewOf(preview, role)))
    .catch((error: Error) => shown.replaceChildren(quiet(error.message)));
  return el(
    'article',
    { class: 'panel out' },
    el(
      'h3',
      {},
      el('a', { href: hashOf('artifact', digest, extension) }, role),
      el(
        'span',
        { class: 'quiet' },
        ` ${kind} · ${byteSize(size)} · `,
        digestLink(digest, extension),
        published !== undefined && [' · published as ', code(published)],
      ),
    ),
    shown,
    usedBy.length > 0 && quiet('read by ', several(usedBy)),
  );
}

const mostNamed = 8;

function several(steps: readonly string[]): Child {
  return [
    steps.slice(0, mostNamed).map((id, i) => [i > 0 && ', ', stepLink(id)]),
    steps.length > mostNamed && ` and ${steps.length - mostNamed} more`,
  ];
}

export function inputView({ role, path, from }: InputRow): HTMLElement {
  const one = ({ step, role: of, case: binding, digest }: InputRow['from'][number]): Child => [
    binding !== '' && el('span', { class: 'tag' }, readableName(binding)),
    step === undefined
      ? path === undefined
        ? 'an artifact'
        : code(path)
      : [stepLink(step), of !== undefined && `.${of}`],
    ' ',
    digest !== '' && digestLink(digest, path?.split('.').at(-1) ?? ''),
  ];
  const [first] = from;
  if (from.length === 1 && first !== undefined)
    return el('div', { class: 'input' }, el('strong', {}, role), el('span', {}, one(first)));
  return el(
    'details',
    { class: 'input' },
    el(
      'summary',
      {},
      el('strong', {}, role),
      el('span', { class: 'quiet' }, ` ${counted(from.length, 'case')}`),
    ),
    el(
      'ul',
      {},
      from.map((each) => el('li', {}, one(each))),
    ),
  );
}
