import { createdDevice } from '@muster/contracts/http/auth';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listRevocations } from '../src/verbs/list-revocations.ts';
import { purgeEnded } from '../src/verbs/purge-ended.ts';
import { admin, type Harness, startHarness, unknownSite } from './support/harness.ts';
import { askAsDevice, claimsOf, makeClient, makeDevice, makeKey, site } from './support/machines.ts';

let h: Harness;
let boss: string;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.stop());
beforeEach(async () => {
  boss = (await h.login(admin)).accessToken;
});

const send = (method: string, path: string, body?: unknown, token = boss) =>
  h.call(method, `/api/devices${path}`, { token, ...(body !== undefined && { body }) });
/** Any route that wants a token: 403 is a good one's answer, 401 a revoked one's. */
const tokenIs = async (token: string) =>
  (await send('GET', '', undefined, token)).status === 401 ? 'refused' : 'good';

describe('a kiosk', () => {
  test('is enrolled at a site, with a device token that is shown once', async () => {
    const answer = await send('POST', '', { name: 'North gate', siteId: site });
    expect(answer.status).toBe(201);
    expect(createdDevice.parse(answer.body)).toEqual(answer.body);
    const { id, deviceToken } = answer.body;
    expect(deviceToken).toMatch(/^msd_/);
    expect(answer.headers.get('location')).toBe(`/api/devices/${id}`);
    expect((await send('GET', `/${id}`)).body).toMatchObject({ name: 'North gate', siteId: site, active: true });
    const [row] = await h.sql`select row_to_json(d)::text as row from devices d where id = ${id}`;
    expect(row?.row).not.toContain(deviceToken);
    const [event] = await h.events('auth.device-enrolled.v1');
    expect(event).toMatchObject({ subject: id, data: { deviceId: id, siteId: site, after: { name: 'North gate' } } });
  });

  test('exchanges its token for one of the role kiosk at its site, and nothing else', async () => {
    const { id, deviceToken } = await makeDevice(h, boss);
    const answer = await askAsDevice(h, deviceToken);
    expect(answer).toMatchObject({ status: 200, body: { expires_in: 900 } });
    expect(answer.body).not.toHaveProperty('scope');
    expect(claimsOf(answer.body.access_token)).toMatchObject({ sub: id, sid: id, role: 'kiosk', siteId: site });
    expect((await send('GET', '', undefined, answer.body.access_token)).status).toBe(403);
    expect((await send('GET', `/${id}`)).body.lastSeenAt).not.toBeNull();
  });

  test('has no account: it neither reads one nor signs itself out', async () => {
    const { deviceToken } = await makeDevice(h, boss);
    const token = (await askAsDevice(h, deviceToken)).body.access_token;
    for (const [method, path] of [
      ['GET', 'profile'],
      ['GET', 'sessions'],
      ['POST', 'logout'],
      ['POST', 'logout-all'],
    ] as const)
      expect([path, (await h.call(method, `/api/auth/${path}`, { token })).status]).toEqual([path, 403]);
  });

  test('is not enrolled where nobody knows the site, nor by anybody but administrators', async () => {
    const body = { name: 'x', siteId: unknownSite };
    expect(await send('POST', '', body)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    const someone = await h.register('no-admin');
    const { id } = await makeDevice(h, boss);
    for (const [method, path, given] of [
      ['POST', '', { name: 'x', siteId: site }],
      ['GET', ''],
      ['GET', `/${id}`],
      ['PATCH', `/${id}`, { active: false }],
      ['DELETE', `/${id}`],
    ] as const)
      expect([method, (await send(method, path, given, someone.accessToken)).status]).toEqual([method, 403]);
    for (const bad of [
      { name: 'x' },
      { name: '', siteId: site },
      { name: 'x', siteId: 'y' },
      { name: 'x', siteId: site, role: 'admin' },
    ])
      expect((await send('POST', '', bad)).body.code).toBe('invalid_input');
  });

  test('that is switched off or removed gets no token, and the one it has is refused everywhere', async () => {
    const { id, deviceToken } = await makeDevice(h, boss);
    const token = (await askAsDevice(h, deviceToken)).body.access_token;
    await send('PATCH', `/${id}`, { name: 'South gate' });
    expect(await tokenIs(token)).toBe('good');
    expect((await send('PATCH', `/${id}`, { active: false })).body).toMatchObject({
      name: 'South gate',
      active: false,
    });
    expect(await tokenIs(token)).toBe('refused');
    expect(await askAsDevice(h, deviceToken)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    await send('PATCH', `/${id}`, { active: true });
    const again = (await askAsDevice(h, deviceToken)).body.access_token;
    expect(await tokenIs(again)).toBe('good');
    expect((await send('DELETE', `/${id}`)).status).toBe(204);
    expect(await tokenIs(again)).toBe('refused');
    expect((await askAsDevice(h, deviceToken)).status).toBe(400);
    expect((await send('GET', `/${id}`)).status).toBe(404);
    const types = (await h.events()).filter(({ subject }) => subject === id).map(({ type }) => type);
    expect(types).toEqual([
      'auth.device-enrolled.v1',
      'auth.device-updated.v1',
      'auth.device-updated.v1',
      'auth.device-updated.v1',
      'auth.device-removed.v1',
    ]);
  });

  test('is listed by site, newest first', async () => {
    h.pass({ seconds: 1 });
    const { id } = await makeDevice(h, boss, 'Newest');
    const page = await send('GET', `?siteId=${site}&limit=1`);
    expect(page.body.data.map((device: { id: string }) => device.id)).toEqual([id]);
    expect(page.body.meta.total).toBeGreaterThan(1);
    expect((await send('GET', `?siteId=${unknownSite}`)).body.data).toEqual([]);
  });
});

describe('what ended', () => {
  test('is told to every service for as long as tokens of it live, and purged afterwards', async () => {
    const device = await makeDevice(h, boss);
    const client = await makeClient(h, boss, ['audit.read']);
    const key = await makeKey(h, boss, { scopes: ['audit.read'] });
    const rotated = await makeClient(h, boss, ['audit.read']);
    await send('DELETE', `/${device.id}`);
    await h.call('DELETE', `/api/clients/${client.id}`, { token: boss });
    await h.call('DELETE', `/api/api-keys/${key.id}`, { token: boss });
    await h.call('POST', `/api/clients/${rotated.id}/rotate-secret`, { token: boss, body: { overlapSeconds: 0 } });
    const [secret] =
      await h.sql`select id from client_secrets where client_id = ${rotated.id} and revoked_at is not null`;
    const list = await listRevocations(h.deps);
    expect(list.users).toEqual(
      expect.arrayContaining([
        { id: device.id, minVer: 2 },
        { id: client.id, minVer: 2 },
      ]),
    );
    expect(list.sessions).toEqual(expect.arrayContaining([key.id, secret?.id]));
    h.pass({ hours: 49 });
    await purgeEnded(h.deps);
    const left = await h.sql`
      select id from devices where id = ${device.id} union all select id from clients where id = ${client.id}
      union all select id from api_keys where id = ${key.id} union all select id from client_secrets where id = ${secret?.id}`;
    expect([...left]).toEqual([]);
    expect((await h.sql`select 1 from clients where id = ${rotated.id}`).length).toBe(1);
  });
});
