/** Makes elements. Text is always text: nothing here reads markup. */

export type Child = Node | string | number | false | undefined | null | readonly Child[];
type Value = string | number | boolean | undefined | ((event: never) => void);
type Props = Readonly<Record<string, Value>>;

/** `el('a', { href: '#/runs', onclick: () => … }, 'Runs')`: false and undefined leave an attribute out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(name), props, children);
}

const svgSpace = 'http://www.w3.org/2000/svg';

export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  props: Props = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  return fill(document.createElementNS(svgSpace, name), props, children);
}

function fill<T extends Element>(element: T, props: Props, children: readonly Child[]): T {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener);
    else if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

function append(parent: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined || child === null || child === false) continue;
    if (Array.isArray(child)) append(parent, child as readonly Child[]);
    else parent.append(child instanceof Node ? child : String(child as string | number));
  }
}

/** Puts other content in place; the keyboard stays on the link or button that is there again. */
export function swap(parent: Element, ...children: readonly Child[]): void {
  const active = parent.contains(document.activeElement) ? document.activeElement : null;
  const mark = active && markOf(active);
  parent.replaceChildren();
  append(parent, children);
  if (mark === null) return;
  for (const each of parent.querySelectorAll<HTMLElement>('a, button, [tabindex]')) {
    if (markOf(each) !== mark) continue;
    each.focus({ preventScroll: true });
    return;
  }
}

const markOf = (element: Element) =>
  `${element.tagName} ${element.getAttribute('href') ?? ''} ${element.getAttribute('aria-label') ?? element.textContent}`;
