/** What every answer forbids the browser to do. */

/** The page's own script and style run and nothing else; it talks to this server alone; no text becomes markup. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** An artifact opened by itself is inert: no script, no form, no request, an origin of its own. */
const artifactPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

const common: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

export const pageHeaders: Readonly<Record<string, string>> = {
  ...common,
  'Content-Security-Policy': pagePolicy,
};

/** Artifacts never change under their digest: the browser may keep them. */
export const artifactHeaders: Readonly<Record<string, string>> = {
  ...common,
  'Cache-Control': 'private, max-age=31536000, immutable',
  'Content-Security-Policy': artifactPolicy,
};
