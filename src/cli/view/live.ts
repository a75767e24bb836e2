/** Keeps a few lines at the bottom of a terminal up to date, with what must stay printed above them. */
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

/** Draws ten times a second, in one write each, so that nothing flickers. */
export function liveOutput(terminal: Terminal, draw: () => readonly string[]): LiveOutput {
  let height = 0;
  const erase = () => (height === 0 ? '' : `\u001b[${height}A\u001b[0J`);
  const frame = (above: string) => {
    const lines = draw();
    terminal.write(
      `\u001b[?2026h${erase()}${above}${lines.map((line) => `${line}\n`).join('')}\u001b[?2026l`,
    );
    height = lines.length;
  };
  const timer = setInterval(() => frame(''), 100);
  terminal.write('\u001b[?25l');
  return {
    print: (text) => frame(`${text}\n`),
    stop: () => {
      clearInterval(timer);
      terminal.write(`${erase()}\u001b[?25h`);
      height = 0;
    },
  };
}
