/** Light or dark: as the system has it, unless the reader says otherwise. */
import { el } from './dom.ts';

const order = ['system', 'light', 'dark'] as const;
type Scheme = (typeof order)[number];
const storageName = 'colophon-scheme';

export function schemeButton(): HTMLElement {
  let scheme = order.find((each) => each === localStorage.getItem(storageName)) ?? 'system';
  const button = el('button', { type: 'button', class: 'scheme' });
  const show = (next: Scheme) => {
    scheme = next;
    document.documentElement.dataset['scheme'] = scheme;
    button.textContent = `Colours: ${scheme}`;
    document.dispatchEvent(new Event('scheme'));
  };
  button.addEventListener('click', () => {
    show(order[(order.indexOf(scheme) + 1) % order.length] ?? 'system');
    localStorage.setItem(storageName, scheme);
  });
  show(scheme);
  return button;
}
