import type { Session } from '@muster/contracts/http/auth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deviceOf } from '../src/domain/device-of.ts';
import { readNetworkNames } from '../src/network-names.ts';
import { admin, appApiToken, type Harness, password, startHarness } from './support/harness.ts';

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0';
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';

let h: Harness;
beforeAll(async () => {
  h = await startHarness({ settings: { placeOf: readNetworkNames('192.0.2.0/24=Head office') } });
});
afterAll(() => h.stop());

const from = (ip: string, userAgent: string) => ({
  'dapr-api-token': appApiToken,
  'x-forwarded-for': ip,
  'user-agent': userAgent,
});
const signIn = async (email: string, headers: Record<string, string> = {}): Promise<Session> =>
  (await h.call('POST', '/api/auth/login', { body: { email, password }, headers })).body;
const list = (token: string, query = '') => h.call('GET', `/api/auth/sessions${query}`, { token });
const end = (token: string, id: string) => h.call('DELETE', `/api/auth/sessions/${id}`, { token });
const alive = async (token: string) => (await h.call('GET', '/api/auth/profile', { token })).status === 200;

describe('my sessions', () => {
  test('are listed with device, place and times, the last used first', async () => {
    await h.register('ann');
    h.pass({ minutes: 1 });
    const phone = await signIn('ann@example.org', from('203.0.113.9', safari));
    h.pass({ minutes: 1 });
    const desk = await signIn('ann@example.org', from('192.0.2.17', firefox));
    const { status, body } = await list(desk.accessToken);
    expect(status).toBe(200);
    expect(body.meta).toEqual({ page: 1, limit: 10, total: 3, totalPages: 1 });
    expect(body.data[0]).toEqual({
      id: expect.any(String),
      device: { name: 'Firefox on Windows', kind: 'desktop', browser: 'Firefox 145', os: 'Windows 10' },
      ip: '192.0.2.17',
      place: 'Head office',
      createdAt: h.now().toString({ fractionalSecondDigits: 3 }),
      lastUsedAt: h.now().toString({ fractionalSecondDigits: 3 }),
      expiresAt: h.now().add({ hours: 168 }).toString({ fractionalSecondDigits: 3 }),
      current: true,
    });
    expect(body.data[1]).toMatchObject({ device: { kind: 'phone' }, ip: '203.0.113.9', place: null, current: false });
    expect(body.data[2]).toMatchObject({ device: { name: 'Unknown device' }, current: false });

    h.pass({ minutes: 1 });
    const refreshed = await h.call('POST', '/api/auth/refresh', {
      body: { refreshToken: phone.refreshToken },
      headers: from('192.0.2.80', safari),
    });
    const [first] = (await list(refreshed.body.accessToken)).body.data;
    expect(first).toMatchObject({ device: { kind: 'phone' }, ip: '192.0.2.80', place: 'Head office', current: true });
    expect((await list(desk.accessToken, '?limit=1&page=3')).body).toMatchObject({ data: [{}], meta: { total: 3 } });
  });

  test('end one by one: access and refresh token of that one, at once; it is told and no longer listed', async () => {
    const one = await h.register('bob');
    const two = await signIn('bob@example.org');
    const [other] = (await list(two.accessToken)).body.data.filter((s: { current: boolean }) => !s.current);
    expect((await end(two.accessToken, other.id)).status).toBe(204);
    expect([await alive(one.accessToken), await alive(two.accessToken)]).toEqual([false, true]);
    const refresh = await h.call('POST', '/api/auth/refresh', { body: { refreshToken: one.refreshToken } });
    expect([refresh.status, refresh.body.code]).toEqual([401, 'invalid_token']);
    expect((await list(two.accessToken)).body.meta.total).toBe(1);
    const [event] = (await h.events('auth.session-revoked.v1')).filter(({ data }) => data.userId === one.user.id);
    expect(event?.data).toMatchObject({ sessionIds: [other.id], reason: 'ended-by-owner', actor: { id: one.user.id } });
    expect((await end(two.accessToken, other.id)).status).toBe(404);

    const [self] = (await list(two.accessToken)).body.data;
    expect((await end(two.accessToken, self.id)).status).toBe(204);
    expect(await alive(two.accessToken)).toBe(false);
  });

  test('another’s is not found, whoever asks, and goes on', async () => {
    const cat = await h.register('cat');
    const dan = await h.register('dan');
    const [session] = (await list(cat.accessToken)).body.data;
    const root = await h.login(admin);
    for (const token of [dan.accessToken, root.accessToken]) {
      const answer = await end(token, session.id);
      expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
    }
    expect(await alive(cat.accessToken)).toBe(true);
    expect((await list(dan.accessToken)).body.meta.total).toBe(1);
  });

  test.each([
    ['no token', 401, () => h.call('GET', '/api/auth/sessions')],
    ['no token', 401, () => h.call('DELETE', `/api/auth/sessions/${crypto.randomUUID()}`)],
    ['an id that is none', 400, async () => end((await h.login(admin)).accessToken, 'nonsense')],
    ['a query of its own', 400, async () => list((await h.login(admin)).accessToken, '?userId=1')],
  ])('%s is a %i', async (_what, status, ask) => {
    expect((await ask()).status).toBe(status);
  });
});

describe('somebody’s sessions', () => {
  const path = (id: string) => `/api/users/${id}/sessions`;

  test('are listed and ended by administrators', async () => {
    const eve = await h.register('eve');
    const again = await signIn('eve@example.org', from('192.0.2.3', firefox));
    const { accessToken: token } = await h.login(admin);
    const { body } = await h.call('GET', path(eve.user.id), { token });
    expect(body.data.map((s: { current: boolean }) => s.current)).toEqual([false, false]);
    expect((await h.call('DELETE', path(eve.user.id), { token })).status).toBe(204);
    expect([await alive(eve.accessToken), await alive(again.accessToken), await alive(token)]).toEqual([
      false,
      false,
      true,
    ]);
    expect((await h.call('GET', path(eve.user.id), { token })).body.data).toEqual([]);
    const [event] = (await h.events('auth.session-revoked.v1')).filter(({ data }) => data.userId === eve.user.id);
    expect(event?.data).toMatchObject({ reason: 'ended-by-admin', actor: { role: 'admin' } });
    expect(event?.data.sessionIds).toHaveLength(2);
  });

  test('are nobody else’s business', async () => {
    const fay = await h.register('fay');
    for (const method of ['GET', 'DELETE']) {
      expect((await h.call(method, path(fay.user.id), { token: fay.accessToken })).status).toBe(403);
      expect((await h.call(method, path(fay.user.id))).status).toBe(401);
      const { accessToken: token } = await h.login(admin);
      expect((await h.call(method, path(crypto.randomUUID()), { token })).status).toBe(404);
    }
    expect(await alive(fay.accessToken)).toBe(true);
  });
});

describe('expiry', () => {
  test('idle and absolute, by settings; no access token outlives its session', async () => {
    const short = await startHarness({
      settings: { accessTokenSeconds: 900, sessionLife: { idleSeconds: 1200, absoluteSeconds: 3000 } },
    });
    try {
      const refresh = (refreshToken: string) => short.call('POST', '/api/auth/refresh', { body: { refreshToken } });
      const idle = await short.register('idle');
      let busy = await short.register('busy');
      expect(busy.expiresIn).toBe(900);
      short.pass({ seconds: 1199 });
      busy = (await refresh(busy.refreshToken)).body;
      short.pass({ seconds: 1 });
      expect((await refresh(idle.refreshToken)).body.code).toBe('invalid_token');
      short.pass({ seconds: 1100 });
      busy = (await refresh(busy.refreshToken)).body;
      expect(busy.expiresIn).toBe(700);
      short.pass({ seconds: 699 });
      expect((await short.call('GET', '/api/auth/sessions', { token: busy.accessToken })).body.data).toHaveLength(1);
      short.pass({ seconds: 6 });
      expect((await short.call('GET', '/api/auth/profile', { token: busy.accessToken })).status).toBe(401);
      expect((await refresh(busy.refreshToken)).body.code).toBe('invalid_token');
    } finally {
      await short.stop();
    }
  });
});

describe('what a device is called', () => {
  test.each([
    [firefox, { name: 'Firefox on Windows', kind: 'desktop' }],
    [safari, { name: 'Safari on iOS', kind: 'phone', browser: 'Safari 18', os: 'iOS 18.1' }],
    ['curl/8.5.0', { name: 'curl', kind: 'other' }],
    ['\u0000<script>alert(1)</script>', { name: 'Unknown device', kind: 'other', browser: null, os: null }],
    ['', { name: 'Unknown device' }],
    [null, { name: 'Unknown device' }],
  ])('%j', (userAgent, expected) => {
    expect(deviceOf(userAgent)).toMatchObject(expected);
  });
});

describe('names of networks', () => {
  const placeOf = readNetworkNames('10.1.0.0/16=Plant, 10.0.0.0/8=Head office,2001:db8::/32=Over = there');
  test.each([
    ['10.1.2.3', 'Plant'],
    ['10.2.0.1', 'Head office'],
    ['::ffff:10.1.2.3', 'Plant'],
    ['2001:db8::1', 'Over = there'],
    ['192.0.2.1', null],
    ['unknown', null],
    [null, null],
  ])('%s is %s', (ip, place) => {
    expect(placeOf(ip)).toBe(place);
  });

  test.each(['', 'Plant', '10.0.0.0/33=x', '10.0.0/8=x', '10.0.0.0/8='])('%j is refused', (text) => {
    expect(() => readNetworkNames(text)).toThrow();
  });
});
