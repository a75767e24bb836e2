/** The server: on 127.0.0.1 only, every request through the gate, then to what answers its address. */
import { randomBytes } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Gate, cookieFor, judge } from './gate.ts';
import { pageHeaders } from './headers.ts';
import { type Reply, failure, jsonReply, textReply } from './reply.ts';

/** Answers a request that passed the gate; undefined where there is nothing at the path. */
export type Answering = (
  path: string,
  query: URLSearchParams,
) => Promise<Reply | undefined> | Reply | undefined;

export interface Serving {
  /** With the token. */
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** Ends every connection. */
  readonly close: () => Promise<void>;
}

/** Listens on `port`, or on one that is free where it is 0. Rejects with the system's error, such as EADDRINUSE. */
export async function serve(answer: Answering, port = 0): Promise<Serving> {
  const token = randomBytes(24).toString('base64url');
  let gate: Gate = { port, token };
  const server = createServer((request, response) => void respond(gate, answer, request, response));
  await listen(server, port);
  const bound = (server.address() as AddressInfo).port;
  gate = { port: bound, token };
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${bound}/?token=${token}`, port: bound, token, close };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function respond(
  gate: Gate,
  answer: Answering,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = '', headers } = request;
  const address = addressOf(request.url ?? '');
  if (address === undefined) return send(response, method, textReply(400, 'not an address'));
  const { pathname: path, searchParams: query } = address;
  const verdict = judge(gate, { method, path, token: query.get('token') ?? undefined, headers });
  if (verdict.type === 'refused') return send(response, method, refusal(path, verdict));
  if (verdict.greets) response.setHeader('Set-Cookie', cookieFor(gate));
  try {
    const reply = (await answer(path, query)) ?? textReply(404, `there is nothing at ${path}`);
    send(response, method, reply);
  } catch (error) {
    send(response, method, failure(error));
  }
}

/** The request target, as a path of this server: dots in it are resolved, nothing is decoded. */
function addressOf(target: string): URL | undefined {
  return /^\/(?!\/)/.test(target) ? (URL.parse(target, 'http://127.0.0.1') ?? undefined) : undefined;
}

function refusal(path: string, { status, says }: { readonly status: number; readonly says: string }): Reply {
  const reply = path.startsWith('/api/')
    ? jsonReply({ error: says }, status)
    : textReply(status, `${says}\n`);
  return status === 405 ? { ...reply, headers: { ...reply.headers, Allow: 'GET, HEAD' } } : reply;
}

function send(response: ServerResponse, method: string, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...pageHeaders, ...headers, 'Content-Length': Buffer.byteLength(body) });
  response.end(method === 'HEAD' ? undefined : body);
}
