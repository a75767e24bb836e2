/** Digests as people read them. */

/** The first twelve digits. */
export const shortDigest = (digest: string): string => digest.slice(0, 12);
