// What is not for clients: /internal, /events and /job answer to a service's own sidecar, and that only passes on what the
// table of calls names.
import { type App, apps, type Call, calls, subscribes } from '@muster/contracts';
import { request } from 'undici';
import { v7 as uuid } from 'uuid';
import { describe, expect, it } from 'vitest';
import { world } from '../src/world.ts';

const services = apps.filter((app) => app !== 'gateway');
type Verb = Call['verbs'][number];

/** A path that a pattern of the table covers. */
const concrete = (pattern: string): string => pattern.replace('**', 'x').replace('*', uuid());

/** What a service keeps for its sidecar: what others may invoke, its events, its jobs. */
const innerOf = (service: App): { path: string; verb: Verb }[] => [
  ...calls
    .filter(({ callee, path }) => callee === service && path.startsWith('/internal/'))
    .flatMap(({ path, verbs }) => verbs.map((verb) => ({ path: concrete(path), verb }))),
  ...[...subscribes[service], 'dead'].map((topic) => ({ path: `/events/${topic}`, verb: 'POST' as const })),
  { path: '/job/any', verb: 'POST' },
  { path: '/dapr/subscribe', verb: 'GET' },
];

async function send(url: string, verb: Verb, headers: Record<string, string>) {
  const hasBody = verb === 'POST' || verb === 'PUT' || verb === 'PATCH';
  const answer = await request(url, {
    method: verb,
    headers: { ...headers, ...(hasBody && { 'content-type': 'application/json' }) },
    ...(hasBody && { body: '{"ids":[]}' }),
  });
  return { status: answer.statusCode, text: await answer.body.text() };
}

describe('around the sidecar', () => {
  it.each(services)('%s lets nobody in without its own token', async (service) => {
    const { platform, adminToken } = await world();
    const others = apps.filter((app) => app !== service).map((app) => platform.tokens[app]?.app ?? '');
    expect(new Set([...others, '', platform.tokens[service]?.app]).size).toBe(others.length + 2);
    const attempts: Record<string, string>[] = [
      {},
      { 'dapr-api-token': 'guessed' },
      { 'dapr-caller-app-id': 'employee' },
      { authorization: `Bearer ${adminToken()}` },
      // What the service shows its sidecar is not what the sidecar shows the service.
      { 'dapr-api-token': platform.tokens[service]?.dapr ?? '' },
      ...others.map((token) => ({ 'dapr-api-token': token })),
    ];
    const answers = await Promise.all(
      innerOf(service).flatMap(({ path, verb }) =>
        attempts.map(async (headers) => {
          const { status } = await send(`${platform.urls.services[service]}${path}`, verb, headers);
          return { what: `${verb} ${path} ${JSON.stringify(headers)}`, status };
        }),
      ),
    );
    expect(answers.length).toBeGreaterThan(20);
    // A service without jobs has no such path; everything else is there, and shut.
    const wrong = answers.filter(({ what, status }) => status !== 403 && !(status === 404 && what.includes('/job/')));
    expect(wrong).toEqual([]);
  });

  it('the gateway knows none of it, under no name', async () => {
    const { api } = await world();
    const paths = services.flatMap(innerOf).map(({ path }) => path);
    const answers = await Promise.all(
      [...new Set(paths)].flatMap((path) =>
        ['', '/api', '/api/v1', '/api/auth/..'].map(async (prefix) => {
          const { status } = await api.call('POST', `${prefix}${path}`, {
            body: {},
            headers: { 'dapr-app-id': 'auth' },
          });
          return { path: `${prefix}${path}`, status };
        }),
      ),
    );
    expect(answers.filter(({ status }) => ![400, 404, 405].includes(status))).toEqual([]);
  });
});

const covers = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.replace('**', '.+').replace(/(?<!\.)\*/, '[^/]+')}$`).test(path);

describe('through a sidecar', () => {
  it.each(apps)('%s reaches what the table of calls names for it, and nothing else', async (caller) => {
    const { platform } = await world();
    const headers = { 'dapr-api-token': platform.tokens[caller]?.dapr ?? '' };
    const api = [
      { path: '/api/employees', verb: 'GET' },
      { path: '/healthz', verb: 'GET' },
      { path: '/internal/anything', verb: 'POST' },
    ] as const;
    // An app reaches itself whatever the table says: it would gain nothing.
    const callees = services.filter((callee) => callee !== caller);
    const probes = callees.flatMap((callee) => [...innerOf(callee), ...api].map((probe) => ({ callee, ...probe })));
    const isNamed = (probe: (typeof probes)[number]): boolean =>
      calls.some(
        (call) =>
          call.caller === caller &&
          call.callee === probe.callee &&
          call.verbs.includes(probe.verb) &&
          covers(call.path, probe.path),
      );
    const refused = probes.filter((probe) => !isNamed(probe));
    expect(refused.length).toBeGreaterThan(20);
    const answers = await Promise.all(
      refused.map(async ({ callee, path, verb }) => {
        const url = `${platform.sidecarUrl(caller)}/v1.0/invoke/${callee}/method${path}`;
        const { status, text } = await send(url, verb, headers);
        return { what: `${verb} ${callee}${path}`, isDenied: status === 403 && text.includes('PermissionDenied') };
      }),
    );
    expect(answers.filter(({ isDenied }) => !isDenied)).toEqual([]);
  });

  it('no sidecar of another app is opened by one’s own token', async () => {
    const { platform } = await world();
    for (const app of apps)
      for (const token of apps.filter((other) => other !== app).map((other) => platform.tokens[other]?.dapr ?? '')) {
        const url = `${platform.sidecarUrl(app)}/v1.0/metadata`;
        expect([app, (await send(url, 'GET', { 'dapr-api-token': token })).status]).toEqual([app, 401]);
      }
  });
});
