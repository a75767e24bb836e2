/** Decides who may ask: this machine, by this name, with the token, and only to read. */
import { timingSafeEqual } from 'node:crypto';
import { digestOf } from '../../base/digest.ts';

/** What of a request the gate looks at. */
interface Asked {
  readonly method: string;
  readonly path: string;
  /** The token in the address, if there is one. */
  readonly token: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export interface Gate {
  readonly port: number;
  readonly token: string;
}

type Answer =
  | { readonly type: 'open'; readonly greets: boolean }
  | { readonly type: 'refused'; readonly status: 401 | 403 | 405; readonly says: string };

/**
 * A request passes if it only reads, names this very server as its host (a page of another site that had its name
 * point here cannot), was not sent by a page of another origin, and carries the token: in the address of the first
 * page (`greets`), in a cookie from then on.
 */
export function judge(gate: Gate, asked: Asked): Answer {
  const { method, path, headers } = asked;
  if (method !== 'GET' && method !== 'HEAD')
    return refuse(405, 'only GET and HEAD: nothing can be changed from here');
  const hosts = [`127.0.0.1:${gate.port}`, `localhost:${gate.port}`];
  if (!hosts.includes(text(headers['host']))) return refuse(403, 'this server answers to 127.0.0.1 only');
  const origin = headers['origin'];
  if (origin !== undefined && !hosts.some((host) => text(origin) === `http://${host}`))
    return refuse(403, 'asked for by a page of another origin');
  const greets = path === '/' && asked.token !== undefined;
  const site = headers['sec-fetch-site'];
  if (!greets && site !== undefined && site !== 'same-origin' && site !== 'none')
    return refuse(403, 'asked for by a page of another site');
  const shown = greets ? asked.token : cookieOf(text(headers['cookie']), cookieName(gate.port));
  if (shown === undefined || !isSame(shown, gate.token))
    return refuse(401, 'open the address that colophon ui printed: it holds the key');
  return { type: 'open', greets };
}

/** Cookies do not tell ports apart: each server has a name of its own. */
const cookieName = (port: number): string => `colophon-${port}`;

/** Kept until the browser is closed, sent by this site's own pages only, out of reach of scripts. */
export const cookieFor = ({ port, token }: Gate): string =>
  `${cookieName(port)}=${token}; Path=/; HttpOnly; SameSite=Strict`;

const refuse = (status: 401 | 403 | 405, says: string): Answer => ({ type: 'refused', status, says });

const text = (header: string | readonly string[] | undefined): string =>
  typeof header === 'string' ? header : '';

function cookieOf(header: string, name: string): string | undefined {
  const pair = header.split(/;\s*/).find((each) => each.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}

/** In a time that tells nothing of where, or whether by length, the two differ. */
function isSame(shown: string, token: string): boolean {
  return timingSafeEqual(Buffer.from(digestOf(shown), 'hex'), Buffer.from(digestOf(token), 'hex'));
}
