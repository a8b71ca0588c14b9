import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { repoRoot } from '@muster/dev-env';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';

// What an app would do: one client, one queue, kept over reloads.
const script = `
  import { createClient, openPunchQueue } from './index.ts';
  import { openBrowserStorage } from './storage/browser-storage.ts';
  let opened;
  const queue = () => (opened ??= (async () => {
    const kept = localStorage.getItem('session');
    const client = createClient({
      origin: document.documentElement.dataset.api,
      attempts: 1,
      ...(kept && { credentials: { session: JSON.parse(kept) } }),
      onSession: (session) => localStorage.setItem('session', JSON.stringify(session ?? null)),
    });
    return { client, punches: openPunchQueue({ client, storage: await openBrowserStorage() }) };
  })());
  const name = (work) => work.then((value) => value, (error) => error.name);
  window.punching = {
    signIn: async (email, password) => name((await queue()).client.signIn({ email, password }).then(() => 'in')),
    punch: async (type) => name((await queue()).punches.punch({ type }).then(({ clientId }) => clientId)),
    waiting: async () => (await queue()).punches.countWaiting(),
    flush: async () => name((await queue()).punches.flush()),
    open: () => name(queue().then(() => 'open')),
  };
`;

/** What the page offers; the tests call it inside the browser. Errors come as their names. */
export interface PunchPage {
  signIn(email: string, password: string): Promise<string>;
  punch(type: 'IN' | 'OUT'): Promise<string>;
  waiting(): Promise<number>;
  flush(): Promise<string | { taken: number; troubles: unknown[] }>;
  open(): Promise<string>;
}

/** Serves, at `http://localhost:<port>`, a page with the client in it; it talks to the platform at `api`, across origins. */
export async function servePunchPage(port: number, api: string): Promise<Server> {
  const resolveDir = path.join(repoRoot, 'packages/client/src');
  const { outputFiles } = await build({
    stdin: { contents: script, resolveDir, loader: 'ts' },
    ...{ bundle: true, platform: 'browser', format: 'esm', write: false, logLevel: 'silent' },
  });
  const bundle = (outputFiles[0]?.text ?? '').replaceAll('</script', '<\\/script');
  const html = `<!doctype html><html lang="en" data-api="${api}"><title>Punches</title><script type="module">${bundle}</script></html>`;
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Calls a function of the page inside the browser. */
export const onPunchPage = <K extends keyof PunchPage>(page: Page, name: K, ...given: Parameters<PunchPage[K]>) =>
  page.evaluate(
    ([key, args]) =>
      (globalThis as unknown as { punching: Record<string, (...all: unknown[]) => unknown> }).punching[key as string]?.(
        ...(args as unknown[]),
      ),
    [name, given] as const,
  ) as ReturnType<PunchPage[K]>;
