import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reachDeadLetters } from '../src/cli/reach-dead-letters.ts';

let server: Server;
let seen: string[];
beforeEach(async () => {
  seen = [];
  server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers['dapr-api-token']}`);
    const [status, body] = answer(request.method ?? '', request.url ?? '');
    response.writeHead(status).end(body === undefined ? '' : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => server.close());

const base = '/v1.0/invoke/auth/method/internal/dead-letters';
function answer(method: string, url: string): [number, unknown?] {
  if (method === 'GET' && url === base) return [200, { data: [{ id: 'a' }], meta: { nextCursor: 'a' } }];
  if (method === 'GET') return [200, { data: [{ id: 'b' }], meta: { nextCursor: null } }];
  if (url === `${base}/bad/retry`) return [409, { detail: 'It failed again: no such site' }];
  return [204];
}
const auth = () => reachDeadLetters('auth', (server.address() as AddressInfo).port, 'secret');

test('all pages are listed, by invocation of the app through its own sidecar', async () => {
  expect((await auth().list()).map(({ id }) => id)).toEqual(['a', 'b']);
  expect(seen).toEqual([`GET ${base} secret`, `GET ${base}?cursor=a secret`]);
});

test('retry and drop name one event; a refusal is told in the words of the app', async () => {
  await auth().retry('good');
  await auth().drop('good');
  expect(seen).toEqual([`POST ${base}/good/retry secret`, `DELETE ${base}/good secret`]);
  await expect(auth().retry('bad')).rejects.toThrow('auth said 409: It failed again: no such site');
});

test('a platform that is down is named as the reason', async () => {
  await expect(reachDeadLetters('auth', 1, 'x').list()).rejects.toThrow('is Muster up?');
});
