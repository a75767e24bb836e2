/** Asks the server. */

/** The server's own words, or that it is gone. */
export class Refusal extends Error {
  readonly gone: boolean;
  constructor(message: string, gone: boolean) {
    super(message);
    this.gone = gone;
  }
}

/** The data at an address. Rejects with a Refusal. */
export async function ask<T>(name: string, query: Readonly<Record<string, string>> = {}): Promise<T> {
  const address = `/api/${name}?${new URLSearchParams(query).toString()}`;
  const response = await fetch(address, { credentials: 'same-origin' }).catch(() => {
    throw new Refusal('colophon ui has ended; start it again and open the address that it prints', true);
  });
  const body = (await response.json().catch(() => ({}))) as { readonly error?: string };
  if (!response.ok)
    throw new Refusal(body.error ?? `the server answered ${response.status}`, response.status === 401);
  return body as T;
}
