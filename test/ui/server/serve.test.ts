/** The server lets in who holds the key, by its own name, to read; and forbids the browser all that it does not need. */
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Serving } from '../../../src/ui/server/serve.ts';
import { answers, cookie, get, start } from '../support/source.ts';

let serving: Serving;
beforeAll(async () => {
  serving = await start();
});
afterAll(() => serving.close());

const state = '/api/state';

describe('the key', () => {
  test('is long and another one every time', async () => {
    const other = await start();
    expect(serving.token.length).toBeGreaterThanOrEqual(32);
    expect(other.token).not.toBe(serving.token);
    await other.close();
  });

  test('opens the first page from the address, and a cookie keeps it', async () => {
    const first = await get(serving, `/?token=${serving.token}`);
    expect(first.status).toBe(200);
    expect(first.text).toBe('the page');
    const [set = ''] = first.headers['set-cookie'] ?? [];
    expect(set).toMatch(/; HttpOnly; SameSite=Strict$/);
    const next = await get(serving, state, { headers: { Cookie: set.split(';', 1)[0] as string } });
    expect(next.status).toBe(200);
  });

  test.each(['/', state, '/api/plan', '/artifact/00', '/page.js', '/nothing'])(
    'is asked for at %s, with no word of what is there',
    async (path) => {
      const got = await get(serving, path);
      expect(got.status).toBe(401);
      expect(got.text).toContain('open the address that colophon ui printed');
      expect(got.headers['set-cookie']).toBeUndefined();
    },
  );

  test('must be the whole key', async () => {
    const wrong = [serving.token.slice(1), `${serving.token}x`, serving.token.toLowerCase(), '', 'undefined'];
    for (const token of wrong) {
      expect((await get(serving, `/?token=${token}`)).status).toBe(401);
      const headers = { Cookie: `colophon-${serving.port}=${token}` };
      expect((await get(serving, state, { headers })).status).toBe(401);
    }
  });

  test('counts in the address of the first page only', async () => {
    expect((await get(serving, `${state}?token=${serving.token}`)).status).toBe(401);
  });

  test('of a server at another port is no key here', async () => {
    const headers = { Cookie: `colophon-${serving.port + 1}=${serving.token}` };
    expect((await get(serving, state, { headers })).status).toBe(401);
  });

  test('is found among other cookies of this machine', async () => {
    const headers = { Cookie: `a=b; colophon-${serving.port}=${serving.token}; c=d` };
    expect((await get(serving, state, { headers })).status).toBe(200);
  });
});

describe('the name', () => {
  test.each([
    'evil.example',
    'evil.example:80',
    '127.0.0.1',
    'localhost',
    '127.0.0.1.evil.example',
    '0.0.0.0',
  ])('of the server is not %s: a site that lets its name point here gets nothing', async (host) => {
    const { headers } = cookie(serving);
    const got = await get(serving, state, { headers: { ...headers, Host: host } });
    expect(got.status).toBe(403);
  });

  test('may be localhost with the port', async () => {
    const { headers } = cookie(serving);
    const got = await get(serving, state, { headers: { ...headers, Host: `localhost:${serving.port}` } });
    expect(got.status).toBe(200);
  });

  test('is bound to the loopback address alone', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    expect(await answers('127.0.0.1', serving.port)).toBe(true);
    for (const { address } of others) expect(await answers(address, serving.port)).toBe(false);
  });
});

describe('a page of another site', () => {
  test.each([
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
  ])('is refused though the browser sends the cookie: %o', async (sent) => {
    const { headers } = cookie(serving);
    expect(
      (await get(serving, state, { headers: { ...headers, ...sent } as Record<string, string> })).status,
    ).toBe(403);
  });

  test('may hold a link with the key', async () => {
    const headers = { 'Sec-Fetch-Site': 'cross-site' };
    expect((await get(serving, `/?token=${serving.token}`, { headers })).status).toBe(200);
  });
});

describe('nothing can be written', () => {
  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    '%s is refused, with the key too',
    async (method) => {
      const got = await get(serving, state, { ...cookie(serving), method });
      expect(got.status).toBe(405);
      expect(got.headers.allow).toBe('GET, HEAD');
    },
  );

  test('HEAD is answered without a body', async () => {
    const got = await get(serving, state, { ...cookie(serving), method: 'HEAD' });
    expect(got.status).toBe(200);
    expect(got.text).toBe('');
    expect(Number(got.headers['content-length'])).toBeGreaterThan(10);
  });
});

describe('paths', () => {
  test.each([
    '/../../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fetc%2fpasswd',
    '/artifact/../../../etc/passwd',
    '/artifact/..%2f..%2fstore.sqlite',
    '/artifact/%00',
    '/.colophon/store.sqlite',
    '/package.json',
    '//etc/passwd',
    '/api/',
    '/api/constructor',
  ])('lead nowhere but to what is named: %s', async (path) => {
    const got = await get(serving, path, cookie(serving));
    expect([400, 404]).toContain(got.status);
    expect(got.text).not.toContain('root:');
  });
});

describe('the browser', () => {
  test('may run the own script and style, and ask this server, and nothing else', async () => {
    const { headers } = await get(serving, `/?token=${serving.token}`);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|https?:|\*|data:/);
  });

  test.each(['/', state, '/nothing'])(
    'is told on every answer not to guess, frame, refer or keep: %s',
    async (path) => {
      const { headers } = await get(serving, path, cookie(serving));
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    },
  );
});

test('a pipeline that cannot be read is told in the state, with the rest still there', async () => {
  await get(serving, '/api/plan', cookie(serving));
  const got = JSON.parse((await get(serving, state, cookie(serving))).text) as Record<string, unknown>;
  expect(got).toMatchObject({
    folder: 'paper',
    problems: ['pipeline.yaml:3:1: stages: none'],
    runs: [],
    live: [],
  });
});

test('closing ends every connection', async () => {
  const other = await start();
  await other.close();
  expect(await answers('127.0.0.1', other.port)).toBe(false);
});
