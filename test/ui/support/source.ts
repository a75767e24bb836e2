/** A source for the server's tests: a store in memory, no plan, and requests as they come over the wire. */
import { mkdtempSync, realpathSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryStore } from '../../../store/memory/store.ts';
import { Fault } from '../../../src/model/fault.ts';
import type { Store } from '../../../src/model/store.ts';
import { answering } from '../../../src/ui/server/answer.ts';
import { textReply } from '../../../src/ui/server/reply.ts';
import { type Serving, serve } from '../../../src/ui/server/serve.ts';
import type { UiSource } from '../../../src/ui/server/source.ts';

export const emptyFolder = (): string => realpathSync(mkdtempSync(join(tmpdir(), 'colophon-ui-')));

export function sourceOver(store: Store, logs = emptyFolder()): UiSource {
  return {
    folder: 'paper',
    version: '0.0.0',
    store: () => store,
    logs,
    look: () => Promise.reject(new Fault('usage', 'pipeline.yaml:3:1: stages: none')),
    explain: (error) => [error instanceof Fault ? error.message : 'not a fault'],
  };
}

export const page = textReply(200, 'the page');

export function start(store: Store = memoryStore(), logs?: string): Promise<Serving> {
  return serve(answering(sourceOver(store, logs), new Map([['/', page]]), Date.now));
}

export interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request, its path exactly as given. */
export function get(
  { port }: Serving,
  path: string,
  { method = 'GET', headers = {} }: Asking = {},
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    asked.on('error', reject).end();
  });
}

/** With the cookie that the first page sets. */
export const cookie = ({ port, token }: Serving): Asking => ({
  headers: { Cookie: `colophon-${port}=${token}` },
});

/** Whether anything listens at an address of this machine. */
export function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (is: boolean) => () => {
      socket.destroy();
      resolve(is);
    };
    socket.on('connect', end(true)).on('error', end(false)).on('timeout', end(false));
  });
}
