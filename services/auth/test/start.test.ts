import { migrate } from '@muster/db';
import { type ConfigError, loadConfig } from '@muster/service-kit';
import { silentLog } from '@muster/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configSchema, relyingPartyOf } from '../src/config.ts';
import { createKeyRing } from '../src/verbs/key-ring.ts';
import { purgeEnded } from '../src/verbs/purge-ended.ts';
import { seedAdmin } from '../src/verbs/seed-admin.ts';
import { admin, appApiToken, type Harness, migrations, password, startHarness } from './support/harness.ts';

let h: Harness;
let bare: Harness;
beforeAll(async () => {
  h = await startHarness();
  bare = await startHarness();
});
afterAll(() => Promise.all([h.stop(), bare.stop()]));

describe('a start', () => {
  test('migrates twice without a change', async () => {
    expect(await migrate({ sql: bare.sql, folder: migrations, log: silentLog })).toEqual([]);
  });

  test('of many processes agrees on one signing key', async () => {
    await bare.sql`delete from signing_keys`;
    await bare.warm();
    const start = (keySecret: string) =>
      createKeyRing({ ...bare.deps, settings: { ...bare.deps.settings, keySecret } }).signing();
    const keys = await Promise.all(Array.from({ length: 5 }, () => start('one secret')));
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1);
    const [row] = await bare.sql`select private_jwk_sealed::text as sealed, public_jwk from signing_keys`;
    expect(row?.public_jwk).not.toHaveProperty('d');
    expect(Buffer.from(row?.sealed.slice(2), 'hex').toString()).not.toContain('"d"');
    await expect(start('another secret')).rejects.toThrow('AUTH_KEY_SECRET');
  });

  test('of many processes makes one administrator, and never a second time', async () => {
    await bare.sql`delete from users`;
    await bare.warm();
    const made = await Promise.all(Array.from({ length: 4 }, () => seedAdmin(bare.deps, admin)));
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await seedAdmin(bare.deps, { ...admin, email: 'other@muster.local' })).toBe(false);
    const event = (await bare.events('auth.user-registered.v1')).at(-1);
    expect(event?.data).toMatchObject({ actor: { role: 'system' }, after: { email: admin.email, role: 'admin' } });
  });

  test('shows the public keys to anybody, and nothing private', async () => {
    const { body, headers } = await h.call('GET', '/api/auth/.well-known/jwks.json');
    expect(body.keys).toHaveLength(1);
    expect(Object.keys(body.keys[0]).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    expect(headers.get('cache-control')).toBe('public, max-age=60');
  });

  test('refuses a bad environment, naming all of it', () => {
    const env = { JWT_EXPIRES_IN: 'soon', MUSTER_ADMIN_EMAIL: 'a@example.org', BCRYPT_COST: '3' };
    const problems = (given: Record<string, string>): string[] => {
      try {
        loadConfig(configSchema, given);
        return [];
      } catch (error) {
        return (error as ConfigError).problems.map((line) => line.split(':')[0] ?? '');
      }
    };
    expect(problems(env)).toEqual([
      'APP_API_TOKEN',
      'AUTH_KEY_SECRET',
      'BCRYPT_COST',
      'DATABASE_URL',
      'JWT_EXPIRES_IN',
    ]);
    const good = { APP_API_TOKEN: '12345678', AUTH_KEY_SECRET: '1234567890123456', DATABASE_URL: 'postgres://x' };
    expect(loadConfig(configSchema, { ...good, JWT_EXPIRES_IN: '15m' }).JWT_EXPIRES_IN).toBe(900);
    expect(loadConfig(configSchema, good)).toMatchObject({ JWT_EXPIRES_IN: 900, SELF_REGISTRATION: true });
    expect(relyingPartyOf(loadConfig(configSchema, good))).toEqual({
      id: 'localhost',
      origins: ['http://localhost:8080'],
    });
    const pages = { PUBLIC_URL: 'https://app.muster.example/', WEBAUTHN_RP_ID: 'muster.example' };
    expect(relyingPartyOf(loadConfig(configSchema, { ...good, ...pages }))).toEqual({
      id: 'muster.example',
      origins: ['https://app.muster.example'],
    });
    for (const WEBAUTHN_ORIGINS of ['https://muster.example/', 'https://evilmuster.example']) {
      expect(problems({ ...good, ...pages, WEBAUTHN_ORIGINS })).toEqual(['WEBAUTHN_ORIGINS']);
    }
    expect(loadConfig(configSchema, { ...good, REQUIRE_2FA_ROLES: 'admin, hr' }).REQUIRE_2FA_ROLES).toEqual([
      'admin',
      'hr',
    ]);
    // A device has no finger and no phone.
    expect(problems({ ...good, REQUIRE_2FA_ROLES: 'admin,kiosk' })[0]).toMatch(/^REQUIRE_2FA_ROLES/);
    expect(problems({ ...good, MUSTER_ADMIN_EMAIL: 'a@example.org' })).toEqual(['MUSTER_ADMIN_PASSWORD']);
  });
});

describe('what ended', () => {
  const revocations = async () =>
    (await h.call('GET', '/internal/revocations', { headers: { 'dapr-api-token': appApiToken } })).body;

  test('is listed for as long as a token may live, and a minute', async () => {
    const { accessToken, user } = await h.register('ann');
    await h.call('POST', '/api/auth/logout', { token: accessToken });
    const token = (await h.login(admin)).accessToken;
    await h.call('PATCH', `/api/users/${user.id}`, { token, body: { role: 'hr' } });
    const fresh = await revocations();
    expect(fresh.sessions).toHaveLength(1);
    expect(fresh.users).toEqual([{ id: user.id, minVer: 2 }]);
    h.pass({ seconds: 960 });
    expect((await revocations()).sessions).toHaveLength(1);
    h.pass({ seconds: 1 });
    expect(await revocations()).toEqual({ sessions: [], users: [] });
  });

  test('is removed after two days, and nothing that lives', async () => {
    const ended = await h.register('bea');
    await h.call('POST', '/api/auth/logout', { token: ended.accessToken });
    h.pass({ hours: 49 });
    const alive = await h.login({ email: 'bea@example.org', password });
    expect(await purgeEnded(h.deps)).toBeGreaterThan(0);
    expect(await purgeEnded(h.deps)).toBe(0);
    expect(await h.sql`select 1 from sessions where user_id = ${ended.user.id}`).toHaveLength(1);
    expect((await h.call('POST', '/api/auth/refresh', { body: { refreshToken: alive.refreshToken } })).status).toBe(
      200,
    );
  });
});

describe('the document', () => {
  test('names every public route and no inner one', async () => {
    const { body } = await h.call('GET', '/openapi.json');
    const paths = Object.keys(body.paths).sort();
    expect(paths).toContain('/api/accounts/login');
    expect(paths).toContain('/api/users/{id}');
    expect(paths.filter((path) => path.startsWith('/internal'))).toEqual([]);
    const ids = Object.values(body.paths as Record<string, Record<string, { operationId: string }>>).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});
