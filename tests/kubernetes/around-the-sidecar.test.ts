// Whoever reaches a pod's address gets nothing that only its sidecar may ask for.
import { beforeAll, expect, test } from 'vitest';
import { runIn, servingPods } from './src/pods.ts';
import { installOnce } from './src/release.ts';

beforeAll(installOnce);

const paths = [
  '/internal/revocations',
  '/internal/inbox/missing',
  '/internal/dead-letters',
  '/events/auth',
  '/events/dead',
  '/job/any',
];

interface Refusal {
  url: string;
  status: number;
  code: string;
}

const script = (urls: string[]): string => `
  const answers = [];
  for (const url of ${JSON.stringify(urls)}) for (const method of ['GET', 'POST']) for (const headers of [{}, { 'dapr-api-token': 'guess' }]) {
    const body = method === 'POST' ? JSON.stringify({ ids: [] }) : undefined;
    const answer = await fetch(url, { method, body, headers: { ...headers, 'content-type': 'application/json' } });
    answers.push({ url: method + ' ' + url, status: answer.status, code: (await answer.json().catch(() => ({}))).code ?? '' });
  }
  console.log(JSON.stringify(answers));`;

test.each(['auth', 'employee', 'attendance', 'events'])('%s refuses', async (service) => {
  const [from] = await servingPods('gateway');
  const [to] = await servingPods(service);
  const urls = paths.map((path) => `http://${to?.ip}:8080${path}`);
  const answers = await runIn<Refusal[]>(from?.name ?? '', script(urls));
  expect(answers).toHaveLength(urls.length * 4);
  expect(answers.filter(({ status }) => status !== 403 && status !== 404)).toEqual([]);
  // What is there says 403, to whatever method.
  const there = answers.filter(({ url }) => url.includes('/internal/inbox/') || url.includes('/events/dead'));
  expect(there.filter(({ status }) => status !== 403)).toEqual([]);
});

test('the gateway forwards none of it', async () => {
  const [gateway] = await servingPods('gateway');
  const urls = paths.map((path) => `http://${gateway?.ip}:8080${path}`);
  const answers = await runIn<Refusal[]>(gateway?.name ?? '', script(urls));
  expect(answers.filter(({ status }) => status !== 403 && status !== 404)).toEqual([]);
});
