import { expectStatus } from '@muster/demo';
import { describe, expect, it } from 'vitest';
import { eventually } from '../src/eventually.ts';
import { newPerson } from '../src/people.ts';
import { world } from '../src/world.ts';

interface Listed {
  data: { id: string; device: { name: string }; ip: string | null; current: boolean }[];
}
interface Begun {
  accessToken: string;
  refreshToken: string;
}

/** One route of every service that a signed-in person may ask. */
const everywhere = ['/api/auth/profile', '/api/profile', '/api/attendance/today', '/api/notifications/unread-count'];
/** What the contract gives a revocation to travel. */
const withinMs = 60_000;

describe('a session', () => {
  it.each([
    ['ended by its owner', 'DELETE', (id: string) => `/api/auth/sessions/${id}`],
    ['that signs out', 'POST', () => '/api/auth/logout'],
    ['that signs out everywhere', 'POST', () => '/api/auth/logout-all'],
  ])('%s is refused by every service within a minute', async (_what, method, path) => {
    const { api } = await world();
    const person = await newPerson();
    const body = { email: person.email, password: person.password };
    const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0' };
    const answer = await api.call<Begun>('POST', '/api/auth/login', { body, headers, patience: 20 });
    const laptop = expectStatus(answer, 200);
    const statuses = (token: string) =>
      Promise.all(everywhere.map(async (route) => (await api.call('GET', route, { token })).status));
    await eventually('every service knows the person', async () =>
      (await statuses(laptop.accessToken)).every((status) => status === 200),
    );

    const listed = await api.call<Listed>('GET', '/api/auth/sessions', { token: laptop.accessToken });
    const { data } = expectStatus(listed, 200);
    expect(data).toHaveLength(2);
    const own = data.find(({ current }) => current);
    expect(own).toMatchObject({ device: { name: 'Firefox on Linux' }, ip: expect.stringMatching(/127\.0\.0\.1|::1/) });

    // The owner ends it from the other device; signing out is done by the session itself.
    const token = method === 'DELETE' ? person.token : laptop.accessToken;
    expectStatus(await api.call(method, path(own?.id ?? ''), { token, ...(method === 'POST' && { body: {} }) }), 204);
    await eventually(
      'every service refuses it',
      async () => (await statuses(laptop.accessToken)).every((status) => status === 401),
      withinMs,
    );
    const all = path('') === '/api/auth/logout-all';
    const other = all ? 401 : 200;
    await eventually(
      'the other device',
      async () => (await statuses(person.token)).every((status) => status === other),
      withinMs,
    );
    const refreshed = await api.call('POST', '/api/auth/refresh', {
      body: { refreshToken: laptop.refreshToken },
      patience: 20,
    });
    expect(refreshed.status).toBe(401);
  });
});
