import type { Session } from '@muster/contracts/http/auth';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createClient } from '../src/create-client.ts';
import type { Credentials } from '../src/credentials.ts';
import { fakeFetch, networkError, problem, type Step } from './fake-fetch.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const session = (n: number, expiresIn = 900): Session => ({
  accessToken: `access-${n}`,
  refreshToken: `refresh-${n}`,
  tokenType: 'Bearer',
  expiresIn,
  user: {
    ...{ id: '019a0000-0000-7000-8000-00000000a0a0', email: 'ada@example.org', emailVerified: true, username: null },
    ...{ name: 'Ada', role: 'employee', workId: null, workLocation: null },
  },
});
const unread = { status: 200, body: { count: 3 } };
const refused = problem(401, 'unauthenticated');
const signedIn = (n: number, expiresIn?: number) => ({ status: 200, body: session(n, expiresIn) });

function client(credentials: Credentials | undefined, ...steps: Step[]) {
  const { fetch, seen } = fakeFetch(...steps);
  const kept: (Session | undefined)[] = [];
  const options = { origin: 'http://muster.test', fetch, backoffMs: 0, onSession: (s?: Session) => kept.push(s) };
  return { muster: createClient({ ...options, ...(credentials && { credentials }) }), seen, kept };
}
const asked = (seen: { path: string; headers: Headers }[]) =>
  seen.map(({ path, headers }) => `${path} ${headers.get('authorization')?.slice(7) ?? '-'}`);
const [LOGIN, REFRESH, UNREAD] = ['/api/auth/login', '/api/auth/refresh', '/api/notifications/unread-count'];

describe('a person', () => {
  it('signs in, and the session is kept', async () => {
    const { muster, seen, kept } = client(undefined, signedIn(1), unread);
    await muster.signIn({ email: 'ada@example.org', password: 'correct horse' });
    expect(await muster.notifications.unreadCount()).toBe(3);
    expect(asked(seen)).toEqual([`${LOGIN} -`, `${UNREAD} access-1`]);
    expect(kept).toEqual([session(1)]);
  });

  it('is told a wrong password by its code', async () => {
    const { muster } = client(undefined, problem(401, 'invalid_credentials'));
    const attempt = muster.signIn({ email: 'ada@example.org', password: 'wrong' });
    await expect(attempt).rejects.toMatchObject({ code: 'invalid_credentials' });
  });

  it('goes on with the session kept from before, which is renewed when it is refused', async () => {
    const { muster, seen, kept } = client({ session: session(1) }, refused, signedIn(2), unread);
    expect(await muster.notifications.unreadCount()).toBe(3);
    expect(asked(seen)).toEqual([`${UNREAD} access-1`, `${REFRESH} -`, `${UNREAD} access-2`]);
    expect(kept).toEqual([session(2)]);
  });

  it('is renewed before the token ends', async () => {
    const now = vi.spyOn(performance, 'now').mockReturnValue(0);
    const { muster, seen } = client(undefined, signedIn(1, 60), signedIn(2), unread);
    await muster.signIn({ email: 'ada@example.org', password: 'correct horse' });
    now.mockReturnValue(31_000);
    await muster.notifications.unreadCount();
    expect(asked(seen)).toEqual([`${LOGIN} -`, `${REFRESH} -`, `${UNREAD} access-2`]);
  });

  it('renews once for ten requests that are refused together', async () => {
    const refusals = Array.from({ length: 10 }, () => refused);
    const { muster, seen } = client({ session: session(1) }, ...refusals, signedIn(2), unread);
    await Promise.all(Array.from({ length: 10 }, () => muster.notifications.unreadCount()));
    expect(seen.filter(({ path }) => path === REFRESH)).toHaveLength(1);
    expect(seen.filter(({ headers }) => headers.get('authorization') === 'Bearer access-2')).toHaveLength(10);
  });

  it('is signed out where the session has ended', async () => {
    const { muster, seen, kept } = client({ session: session(1) }, refused, problem(401, 'refresh_reused'));
    await expect(muster.notifications.unreadCount()).rejects.toMatchObject({ code: 'refresh_reused' });
    expect(kept).toEqual([undefined]);
    await expect(muster.notifications.unreadCount()).rejects.toThrow('nobody is signed in');
    expect(seen).toHaveLength(2);
  });

  it('stays signed in where the server is away', async () => {
    const { muster, kept } = client({ session: session(1) }, refused, networkError(), networkError(), refused);
    await expect(muster.notifications.unreadCount()).rejects.toMatchObject({ name: 'MusterUnreachable' });
    expect(kept).toEqual([]);
  });

  it('signs out with a new token where the old one had ended: the session must not live on at the server', async () => {
    const { muster, seen, kept } = client({ session: session(1) }, refused, signedIn(2), { status: 204 });
    await muster.signOut();
    expect(asked(seen)).toEqual(['/api/auth/logout access-1', `${REFRESH} -`, '/api/auth/logout access-2']);
    expect(kept.at(-1)).toBeUndefined();
  });

  it('signs out, here even without the server', async () => {
    const { muster, seen, kept } = client({ session: session(1) }, networkError());
    await expect(muster.signOut()).rejects.toMatchObject({ name: 'MusterUnreachable' });
    expect(kept).toEqual([undefined]);
    expect(asked(seen)).toEqual(['/api/auth/logout access-1']);
    await expect(muster.notifications.unreadCount()).rejects.toThrow('nobody is signed in');
  });

  it('whose second token is refused as well is told so, and nothing is asked for ever', async () => {
    const { muster, seen } = client({ session: session(1) }, refused, signedIn(2), refused);
    await expect(muster.notifications.unreadCount()).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(seen).toHaveLength(3);
  });
});

describe('a machine', () => {
  const token = { status: 200, body: { access_token: 'kiosk-1', token_type: 'Bearer', expires_in: 900 } };

  it.each<[Credentials, string]>([
    [{ deviceToken: 'msd_1' }, 'grant_type=urn%3Amuster%3Agrant%3Adevice-token&device_token=msd_1'],
    [{ apiKey: 'mst_1' }, 'grant_type=urn%3Amuster%3Agrant%3Aapi-key&api_key=mst_1'],
  ])('exchanges %j for a token when it needs one', async (credentials, form) => {
    const { muster, seen } = client(credentials, token, unread, unread);
    await muster.notifications.unreadCount();
    await muster.notifications.unreadCount();
    expect(asked(seen)).toEqual(['/api/auth/token -', `${UNREAD} kiosk-1`, `${UNREAD} kiosk-1`]);
    expect(seen[0]?.body).toBe(form);
    expect(seen[0]?.headers.get('content-type')).toMatch('application/x-www-form-urlencoded');
  });
});
