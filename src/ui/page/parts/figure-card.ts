/** A published figure, small, with its title; it leads to the artifact. */
import type { PublishedRow } from '../../common/api.ts';
import { hashOf } from '../../common/route.ts';
import { el } from '../dom.ts';

export function figureCard({
  path,
  digest,
  extension,
  title,
  description,
  current,
}: PublishedRow): HTMLElement {
  const name = title || path.split('/').at(-1) || path;
  return el(
    'a',
    { class: 'figure-card', href: hashOf('artifact', digest, extension) },
    el('img', { src: `/artifact/${digest}.${extension}`, alt: description || name, loading: 'lazy' }),
    el('span', { class: 'title' }, name),
    el('span', { class: 'quiet mono' }, path, !current && ' (not current)'),
  );
}
