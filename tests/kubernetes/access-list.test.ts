// A sidecar of its own is no ticket: Dapr lets an app-id call what the access lists name.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { get, kubectl } from './src/cluster.ts';
import { runIn, servingPods } from './src/pods.ts';
import { installOnce } from './src/release.ts';

const name = 'stranger';

beforeAll(async () => {
  await installOnce();
  const { image } = (await get(['deployment', 'gateway'])).spec.template.spec.containers[0];
  await kubectl(['delete', 'pod', name, '--ignore-not-found', '--now']);
  await kubectl(['create', '--filename', '-'], JSON.stringify(stranger(image)));
  await kubectl(['wait', '--for=condition=Ready', `pod/${name}`, '--timeout=120s']);
});
afterAll(async () => {
  await kubectl(['delete', 'pod', name, '--ignore-not-found', '--wait=false']);
});

const stranger = (image: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    annotations: {
      'dapr.io/enabled': 'true',
      'dapr.io/app-id': name,
      'dapr.io/sidecar-seccomp-profile-type': 'RuntimeDefault',
    },
  },
  spec: {
    terminationGracePeriodSeconds: 1,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'app',
        image,
        command: ['node', '--eval', 'setInterval(() => {}, 60_000)'],
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      },
    ],
  },
});

interface Answer {
  status: number;
  text: string;
}

const invoke = (app: string, method: string, path: string): string => `
  const headers = { 'content-type': 'application/json', 'dapr-api-token': process.env.DAPR_API_TOKEN ?? '' };
  const body = ${method === 'POST' ? `'{"ids":[]}'` : 'undefined'};
  const answer = await fetch('http://127.0.0.1:3500/v1.0/invoke/${app}/method${path}', { method: '${method}', headers, body });
  console.log(JSON.stringify({ status: answer.status, text: await answer.text() }));`;

test.each([
  ['auth', 'GET', '/internal/revocations'],
  ['auth', 'GET', '/api/auth/.well-known/jwks.json'],
  ['attendance', 'POST', '/internal/inbox/missing'],
  ['employee', 'GET', '/readyz'],
  ['gateway', 'GET', '/healthz'],
])('a stranger may not call %s (%s %s)', async (app, method, path) => {
  const answer = await runIn<Answer>(name, invoke(app, method, path));
  expect(answer.status, answer.text).toBe(403);
  expect(answer.text).toContain('PermissionDenied');
});

test('an app on the list may call what the list names, and nothing else', async () => {
  const [gateway] = await servingPods('gateway');
  const ask = (app: string, method: string, path: string) =>
    runIn<Answer>(gateway?.name ?? '', invoke(app, method, path));
  expect(await ask('auth', 'GET', '/internal/revocations')).toMatchObject({ status: 200 });
  const refused = await ask('attendance', 'POST', '/internal/inbox/missing');
  expect(refused.status, refused.text).toBe(403);
  expect(refused.text).toContain('PermissionDenied');
});

test('a sidecar shows its secrets to nobody, and its API to its own app alone', async () => {
  const secret = `
    const answer = await fetch('http://127.0.0.1:3500/v1.0/secrets/kubernetes/muster-auth');
    console.log(JSON.stringify({ status: answer.status, text: await answer.text() }));`;
  const [gateway] = await servingPods('gateway');
  const answer = await runIn<Answer>(gateway?.name ?? '', secret);
  expect([401, 403, 500]).toContain(answer.status);
  expect(answer.text).not.toContain('keySecret');
});
