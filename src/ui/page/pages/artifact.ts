/** An artifact: what it holds, what made it, what read it. */
import { byteSize, shortDigest } from '../../../base/text.ts';
import { formatTime } from '../../../base/time.ts';
import type { ArtifactPage } from '../../common/api.ts';
import { ask } from '../client.ts';
import { type Child, el } from '../dom.ts';
import type { MakePage } from '../page.ts';
import { code, facts, quiet, runLink, section, stepLink } from '../parts/bits.ts';
import { previewOf } from '../parts/preview.ts';

export const artifactPage: MakePage = async (_, [digest = '', extension = '']) => {
  const page = await ask<ArtifactPage>('artifact', { digest, extension });
  const [maker] = page.madeBy;
  const name =
    page.published[0] ?? (maker === undefined ? shortDigest(digest) : `${maker.step}.${maker.role}`);
  return { title: name, node: el('div', { class: 'page' }, view(page, name)) };
};

function view(page: ArtifactPage, name: string): Child {
  const { digest, size, kind, extension, madeBy, usedBy, published, preview } = page;
  const file = `${digest}${extension === '' ? '' : `.${extension}`}`;
  return [
    el('p', { class: 'crumbs' }, 'artifact'),
    el('h1', {}, name),
    el('div', { class: 'panel shown' }, previewOf(preview, name)),
    facts([
      ['digest', el('span', { class: 'mono' }, digest)],
      ['kind', kind],
      ['size', size === undefined ? 'its bytes are gone' : byteSize(size)],
      [
        'published',
        published.length > 0 && published.map((path) => el('span', { class: 'pair' }, code(path))),
      ],
      [
        'bytes',
        size !== undefined &&
          el('a', { href: `/artifact/${file}`, download: name.replaceAll('/', '-') }, 'save them'),
      ],
    ]),
    el('div', { class: 'two' }, section('Made by', makers(madeBy)), section('Read by', readers(usedBy))),
  ];
}

function makers(madeBy: ArtifactPage['madeBy']): HTMLElement {
  if (madeBy.length === 0) return quiet('No execution gave it: a source, or code.');
  return el(
    'ul',
    { class: 'plain' },
    madeBy.map(({ step, role, at, run }) =>
      el(
        'li',
        {},
        stepLink(step),
        `.${role}`,
        el('span', { class: 'quiet' }, ` ${formatTime(at)} UTC, `),
        runLink(run),
      ),
    ),
  );
}

function readers(usedBy: ArtifactPage['usedBy']): HTMLElement {
  if (usedBy.length === 0) return quiet('Nothing on record.');
  return el(
    'ul',
    { class: 'plain' },
    usedBy.map(({ step, role }) =>
      el('li', {}, stepLink(step), role !== '' && el('span', { class: 'quiet' }, ` as ${role}`)),
    ),
  );
}
