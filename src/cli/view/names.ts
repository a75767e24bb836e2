/** Writes the names of steps in texts as people read them. */
import { readableName } from '../../model/case.ts';

/** `over@extras=1+1` for `over@extras=1%2B1`, wherever it stands; paths and all else stay as they are. */
export function readableNames(text: string): string {
  return text.includes('%') ? text.replace(/[\w-]+@[\w-]+=[^\s"'`]*/g, readableName) : text;
}
