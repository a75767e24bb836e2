/** What a page of the UI is: made for a route, told when something is new, and left. */
import type { Known, Live } from './live.ts';

export interface Page {
  readonly title: string;
  readonly node: HTMLElement;
  /** Takes the whole window: no margins, no scrolling of its own. */
  readonly wide?: boolean;
  /** Something is new. */
  readonly update?: (known: Known) => void;
  /** Another page takes its place. */
  readonly leave?: () => void;
}

interface Site {
  readonly live: Live;
  readonly known: Known;
}

/** Makes the page for the names in its address. */
export type MakePage = (site: Site, names: readonly string[]) => Page | Promise<Page>;
