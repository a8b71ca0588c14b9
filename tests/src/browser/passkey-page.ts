import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Page } from 'playwright-core';

/** What the page's own script offers; the tests call it inside the browser. */
export interface PasskeyPage {
  /** Adds a passkey; answers the status and the body of the last request. */
  add(token: string, name: string): Promise<{ status: number; body: never }>;
  /** Signs in by a passkey. */
  signIn(): Promise<{ status: number; body: never }>;
  /** Only asks the authenticator; the answer is for the caller to use or abuse. */
  assert(options: object): Promise<object>;
}

// What any web app would do, with nothing but what browsers have.
const script = `
  const api = document.documentElement.dataset.api;
  const post = async (path, body, token) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: 'Bearer ' + token }) };
    const answer = await fetch(api + '/api/auth/passkeys' + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: answer.status, body: await answer.json() };
  };
  const assert = async (options) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
    return (await navigator.credentials.get({ publicKey })).toJSON();
  };
  window.passkeys = {
    assert,
    async add(token, name) {
      const { body } = await post('/register/options', {}, token);
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(body);
      const made = await navigator.credentials.create({ publicKey });
      return post('/register/verify', { name, response: made.toJSON() }, token);
    },
    async signIn() {
      const { body } = await post('/login/options', {});
      return post('/login/verify', { response: await assert(body) });
    },
  };
`;

/** Serves the page at `http://localhost:<port>`; it talks to the platform at `api`, across origins. */
export async function servePasskeyPage(port: number, api: string): Promise<Server> {
  const html = `<!doctype html><html lang="en" data-api="${api}"><title>Passkeys</title><script>${script}</script></html>`;
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Calls a function of the page inside the browser. */
export const onPage = <K extends keyof PasskeyPage>(page: Page, name: K, ...given: Parameters<PasskeyPage[K]>) =>
  page.evaluate(
    ([key, args]) =>
      (globalThis as unknown as { passkeys: Record<string, (...all: unknown[]) => unknown> }).passkeys[key as string]?.(
        ...(args as unknown[]),
      ),
    [name, given] as const,
  ) as ReturnType<PasskeyPage[K]>;
