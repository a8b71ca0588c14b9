import { createdApiKey, type Session } from '@muster/contracts/http/auth';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { admin, type Harness, startHarness } from './support/harness.ts';
import { askByKey, claimsOf, makeClient, makeKey } from './support/machines.ts';

let h: Harness;
let boss: Session;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.stop());
beforeEach(async () => {
  boss = await h.login(admin);
});

const send = (method: string, path: string, token: string, body?: unknown) =>
  h.call(method, `/api/api-keys${path}`, { token, ...(body !== undefined && { body }) });
const users = (token: string) => h.call('GET', '/api/users', { token });

describe('an API key', () => {
  test('is shown once, stored as a hash, and acts as its person', async () => {
    const answer = await send('POST', '', boss.accessToken, {
      name: 'Script',
      scopes: ['users.manage'],
      expiresInDays: 1,
    });
    expect(answer.status).toBe(201);
    expect(createdApiKey.parse(answer.body)).toEqual(answer.body);
    const { key, hint, id, userId } = answer.body;
    expect(key).toMatch(/^mst_/);
    expect([userId, hint]).toEqual([boss.user.id, `mst_…${key.slice(-4)}`]);
    const [row] = await h.sql`select row_to_json(k)::text as row from api_keys k where id = ${id}`;
    expect(row?.row).not.toContain(key);
    const listed = await send('GET', '', boss.accessToken);
    expect(listed.body.data[0]).toMatchObject({ id, lastUsedAt: null });
    expect(JSON.stringify(listed.body)).not.toContain(key);

    const token = await askByKey(h, key);
    expect(token).toMatchObject({ status: 200, body: { scope: 'users.manage', expires_in: 900 } });
    expect(claimsOf(token.body.access_token)).toMatchObject({
      sub: boss.user.id,
      role: 'admin',
      sid: id,
      name: 'Administrator',
    });
    expect((await users(token.body.access_token)).status).toBe(200);
    expect((await send('GET', '', boss.accessToken)).body.data[0].lastUsedAt).not.toBeNull();
    const [event] = await h.events('auth.api-key-created.v1');
    expect(event).toMatchObject({ subject: id, data: { keyId: id, userId, actor: { id: userId } } });
    expect(JSON.stringify(event)).not.toContain(key);
  });

  test('is no token by itself: a service never sees it', async () => {
    const { key } = await makeKey(h, boss.accessToken, { scopes: ['users.manage'] });
    expect((await users(key)).status).toBe(401);
  });

  test('ends when it expires, and no token outlives it', async () => {
    const { key } = await makeKey(h, boss.accessToken, { scopes: ['users.manage'], expiresInDays: 1 });
    h.pass({ hours: 23, minutes: 55 });
    const token = await askByKey(h, key);
    expect(token.body.expires_in).toBe(300);
    h.pass({ seconds: 310 });
    expect((await users(token.body.access_token)).status).toBe(401);
    expect(await askByKey(h, key)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', code: 'invalid_grant' },
    });
  });

  test('ends at once when it is revoked, its tokens too, nobody else’s', async () => {
    const one = await makeKey(h, boss.accessToken, { scopes: ['users.manage'] });
    const two = await makeKey(h, boss.accessToken, { scopes: ['users.manage'] });
    const [first, second] = [await askByKey(h, one.key), await askByKey(h, two.key)];
    expect((await send('DELETE', `/${one.id}`, boss.accessToken)).status).toBe(204);
    expect((await users(first.body.access_token)).status).toBe(401);
    expect((await users(second.body.access_token)).status).toBe(200);
    expect((await users(boss.accessToken)).status).toBe(200);
    expect((await askByKey(h, one.key)).status).toBe(400);
    expect((await send('DELETE', `/${one.id}`, boss.accessToken)).status).toBe(404);
    expect((await h.events('auth.api-key-revoked.v1')).at(-1)).toMatchObject({ subject: one.id });
  });

  test('never gives more than its person has, now or then', async () => {
    const person = await h.register('promoted');
    const refused = await send('POST', '', person.accessToken, {
      name: 'x',
      scopes: ['employees.read', 'users.manage'],
    });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'scopes.1' }] } });
    await h.call('PATCH', `/api/users/${person.user.id}`, { token: boss.accessToken, body: { role: 'admin' } });
    const strong = await h.login({ email: person.user.email, password: 'correct horse battery' });
    const { key } = await makeKey(h, strong.accessToken, { scopes: ['users.manage', 'employees.read'] });
    const before = await askByKey(h, key);
    await h.call('PATCH', `/api/users/${person.user.id}`, { token: boss.accessToken, body: { role: 'employee' } });
    expect((await users(before.body.access_token)).status).toBe(401);
    const after = await askByKey(h, key);
    expect(after.body.scope).toBe('employees.read');
    expect((await users(after.body.access_token)).status).toBe(403);
    expect((await askByKey(h, key, 'users.manage')).body.error).toBe('invalid_scope');
  });

  test('dies with its person’s account', async () => {
    const person = await h.register('disabled-owner');
    const { key } = await makeKey(h, person.accessToken, { scopes: ['employees.read'] });
    await h.call('PATCH', `/api/users/${person.user.id}`, { token: boss.accessToken, body: { active: false } });
    expect((await askByKey(h, key)).status).toBe(400);
    await h.call('PATCH', `/api/users/${person.user.id}`, { token: boss.accessToken, body: { active: true } });
    expect((await askByKey(h, key)).status).toBe(200);
    await h.call('DELETE', `/api/users/${person.user.id}`, { token: boss.accessToken });
    expect((await askByKey(h, key)).status).toBe(400);
  });

  test('of somebody else is not there; an administrator may end it all the same', async () => {
    const [ann, bob] = [await h.register('key-ann'), await h.register('key-bob')];
    const { id } = await makeKey(h, ann.accessToken, { scopes: ['employees.read'] });
    expect((await send('DELETE', `/${id}`, bob.accessToken)).status).toBe(404);
    expect((await send('GET', '', bob.accessToken)).body.data).toEqual([]);
    expect((await send('DELETE', `/${id}`, boss.accessToken)).status).toBe(204);
  });

  test('makes no keys', async () => {
    const { key } = await makeKey(h, boss.accessToken, { scopes: ['users.manage', 'attendance.read'] });
    const token = (await askByKey(h, key)).body.access_token;
    expect((await send('POST', '', token, { name: 'child', scopes: ['users.manage'] })).status).toBe(403);
    expect((await send('GET', '', token)).status).toBe(403);
    expect((await send('DELETE', '/019d0000-0000-7000-8000-000000000000', token)).status).toBe(403);
  });

  test.each([
    ['no scopes', { name: 'x', scopes: [] }],
    ['a life too long', { name: 'x', scopes: ['employees.read'], expiresInDays: 367 }],
    [
      'an owner of its choice',
      { name: 'x', scopes: ['employees.read'], userId: '019d0000-0000-7000-8000-000000000000' },
    ],
    ['what nobody hands on', { name: 'x', scopes: ['api-keys.manage'] }],
  ])('with %s is refused', async (_what, body) => {
    expect((await send('POST', '', boss.accessToken, body)).body.code).toBe('invalid_input');
  });

  test('a fifty-first is refused, however many ask at once', async () => {
    const person = await h.register('collector');
    await h.sql`
      insert into api_keys (id, user_id, hash, hint, name, scopes, created_at, expires_at)
      select gen_random_uuid(), ${person.user.id}, sha256(n::text::bytea), 'x', 'x', '{employees.read}',
        ${h.now().toString()}, ${h.now().add({ hours: 1 }).toString()} from generate_series(1, 48) n`;
    await h.warm();
    const body = { name: 'x', scopes: ['employees.read'] };
    const answers = await Promise.all(Array.from({ length: 6 }, () => send('POST', '', person.accessToken, body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409, 409]);
  });
});

describe('a key of a client', () => {
  test('is made by administrators, acts as the client, narrowed further', async () => {
    const client = await makeClient(h, boss.accessToken, ['users.manage', 'audit.read']);
    const made = await makeKey(h, boss.accessToken, { scopes: ['users.manage'], clientId: client.id });
    expect(made).toMatchObject({ clientId: client.id, userId: null });
    const token = await askByKey(h, made.key);
    expect(claimsOf(token.body.access_token)).toMatchObject({ sub: client.id, role: 'client', scope: 'users.manage' });
    const listed = await send('GET', `?clientId=${client.id}`, boss.accessToken);
    expect(listed.body.data.map(({ id }: { id: string }) => id)).toEqual([made.id]);
    await h.call('PATCH', `/api/clients/${client.id}`, { token: boss.accessToken, body: { scopes: ['audit.read'] } });
    expect((await users(token.body.access_token)).status).toBe(401);
    expect((await askByKey(h, made.key)).body.error).toBe('invalid_scope');
    await h.call('DELETE', `/api/clients/${client.id}`, { token: boss.accessToken });
    expect((await askByKey(h, made.key)).body.error).toBe('invalid_grant');
  });

  test('is nobody else’s to make or to see, and has no more than the client', async () => {
    const client = await makeClient(h, boss.accessToken, ['audit.read']);
    const someone = await h.register('curious');
    const body = { name: 'x', scopes: ['audit.read'], clientId: client.id };
    expect((await send('POST', '', someone.accessToken, body)).status).toBe(403);
    expect((await send('GET', `?clientId=${client.id}`, someone.accessToken)).status).toBe(403);
    expect((await send('POST', '', boss.accessToken, { ...body, scopes: ['users.manage'] })).status).toBe(400);
    const unknown = '019d0000-0000-7000-8000-000000000000';
    expect((await send('POST', '', boss.accessToken, { ...body, clientId: unknown })).status).toBe(404);
    expect((await send('GET', `?clientId=${unknown}`, boss.accessToken)).status).toBe(404);
  });
});
