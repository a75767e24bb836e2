/** Times as a report writes them. */

/** `2026-11-22 01:15:26 UTC`, the same in every locale. */
export function formatTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
