/** Ends at this process's own exit what it started, however the exit came about short of SIGKILL. */
import process from 'node:process';

const ends = new Set<() => void>();
let listening = false;

/** Calls `end` when this process exits; the function it gives calls that off. One listener serves all. */
export function endAtExit(end: () => void): () => void {
  if (!listening) process.on('exit', () => ends.forEach((one) => one()));
  listening = true;
  ends.add(end);
  return () => void ends.delete(end);
}
