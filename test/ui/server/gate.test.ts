/** Who may ask the local page's server, told by the request alone. */
import { describe, expect, test } from 'vitest';
import { cookieFor, judge } from '../../../src/ui/server/gate.ts';

const gate = { port: 4567, token: 'a-token-of-this-start' };
const known = { host: '127.0.0.1:4567', cookie: `colophon-4567=${gate.token}` };

const asked = (
  headers: Readonly<Record<string, string | readonly string[]>> = known,
  more: { readonly method?: string; readonly path?: string; readonly token?: string } = {},
) => judge(gate, { method: 'GET', path: '/api/state', token: undefined, headers, ...more });

describe('a request passes', () => {
  test('with the cookie, by either name of this machine', () => {
    expect(asked()).toEqual({ type: 'open', greets: false });
    expect(asked({ ...known, host: 'localhost:4567' })).toEqual({ type: 'open', greets: false });
    expect(asked(known, { method: 'HEAD' })).toEqual({ type: 'open', greets: false });
  });

  test('of its own pages, whichever name they were opened by', () => {
    for (const origin of ['http://127.0.0.1:4567', 'http://localhost:4567'])
      expect(asked({ ...known, origin, 'sec-fetch-site': 'same-origin' }).type).toBe('open');
    expect(asked({ ...known, 'sec-fetch-site': 'none' }).type).toBe('open');
  });

  test('for the first page with the token in the address, and is greeted, from a link on another site too', () => {
    const { host } = known;
    const first = { path: '/', token: gate.token };
    expect(asked({ host }, first)).toEqual({ type: 'open', greets: true });
    expect(asked({ host, 'sec-fetch-site': 'cross-site' }, first)).toEqual({ type: 'open', greets: true });
  });
});

describe('a request is refused', () => {
  test.each<[string, Parameters<typeof asked>, number]>([
    ['that writes', [known, { method: 'POST' }], 405],
    ['that names no host', [{ cookie: known.cookie }], 403],
    ['that names two', [{ ...known, host: ['127.0.0.1:4567', 'evil.example'] }], 403],
    ['that names another port', [{ ...known, host: '127.0.0.1:4568' }], 403],
    ['of another origin', [{ ...known, origin: 'http://127.0.0.1:4568' }], 403],
    ['of the same name over TLS', [{ ...known, origin: 'https://127.0.0.1:4567' }], 403],
    ['of a page of the same site', [{ ...known, 'sec-fetch-site': 'same-site' }], 403],
    ['without a cookie', [{ host: known.host }], 401],
    ['with the cookie of another port', [{ ...known, cookie: `colophon-456=${gate.token}` }], 401],
    ['with a cookie that only begins like it', [{ ...known, cookie: `${known.cookie}s` }], 401],
    ['with a cookie that is cut off', [{ ...known, cookie: known.cookie.slice(0, -1) }], 401],
    ['with the token in the address of another page', [{ host: known.host }, { token: gate.token }], 401],
    ['with another token in the first address', [known, { path: '/', token: 'guess' }], 401],
  ])('%s', (_, args, status) => {
    expect(asked(...args)).toMatchObject({ type: 'refused', status });
  });
});

test('the cookie is for this site and this session, and out of reach of scripts', () => {
  const [pair, ...rules] = cookieFor(gate).split('; ');
  expect(pair).toBe(known.cookie);
  expect(rules).toEqual(['Path=/', 'HttpOnly', 'SameSite=Strict']);
});
