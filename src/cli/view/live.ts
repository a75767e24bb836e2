/** Keeps a few lines at the bottom of a terminal up to date, with what must stay printed above them. */
import { visibleWidth } from './style.ts';

export interface LiveOutput {
  /** Prints lines that stay. */
  readonly print: (text: string) => void;
  /** Takes the live lines away. */
  readonly stop: () => void;
}

interface Terminal {
  readonly columns?: number;
  readonly rows?: number;
  readonly write: (text: string) => boolean;
}

const interval = 100;
const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
const clearRight = '\u001b[K';
const clearBelow = '\u001b[J';

/**
 * Draws ten times a second where something changed, in one write each, so that nothing flickers; the first time after
 * `delay` (ms), so that what is over at once shows nothing.
 */
export function liveOutput(terminal: Terminal, draw: () => readonly string[], delay: number): LiveOutput {
  let shown: readonly string[] = [];
  let columns = terminal.columns ?? 80;
  const frame = (above: readonly string[]) => {
    const lines = draw();
    const isSame = columns === terminal.columns && lines.join('\n') === shown.join('\n');
    if (above.length === 0 && isSame) return;
    columns = terminal.columns ?? 80;
    // Each line is written over the one before: clearing all first flickers, and fills the history of tmux.
    const body = [...above, ...lines].map((line) => `${line}${clearRight}\n`).join('');
    // In one synchronised update, where the terminal knows of such.
    terminal.write(`\u001b[?2026h${hideCursor}${up(shown, columns)}${body}${clearBelow}\u001b[?2026l`);
    shown = lines;
  };
  const giveCursorBack = () => void terminal.write(showCursor);
  let timer = setTimeout(() => {
    frame([]);
    timer = setInterval(() => frame([]), interval);
  }, delay);
  process.once('exit', giveCursorBack);
  return {
    print: (text) => (shown.length === 0 ? void terminal.write(`${text}\n`) : frame(text.split('\n'))),
    stop: () => {
      clearTimeout(timer);
      clearInterval(timer);
      process.off('exit', giveCursorBack);
      if (shown.length > 0) terminal.write(`${up(shown, terminal.columns ?? 80)}${clearBelow}${showCursor}`);
      shown = [];
    },
  };
}

/** Goes up to the first of the lines; on a terminal made narrower since, each takes several rows. */
function up(lines: readonly string[], columns: number): string {
  const rows = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(visibleWidth(line) / columns)), 0);
  return rows === 0 ? '' : `\r\u001b[${rows}A`;
}
