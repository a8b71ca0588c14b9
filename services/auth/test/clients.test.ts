import { createdClient, type Session, tokenAnswer } from '@muster/contracts/http/auth';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { admin, type Harness, password, startHarness } from './support/harness.ts';
import { askAsClient, askToken, basic, claimsOf, makeClient } from './support/machines.ts';

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
  h.call(method, `/api/clients${path}`, { token, ...(body !== undefined && { body }) });
const users = (token: string) => h.call('GET', '/api/users', { token });
const tokenOf = async (client: { clientId: string; clientSecret: string }, scope?: string): Promise<string> =>
  (await askAsClient(h, client, scope)).body.access_token;

describe('machine clients', () => {
  test('are made with a secret that is shown once and stored nowhere', async () => {
    const answer = await send('POST', '', {
      name: 'Payroll',
      scopes: ['users.manage', 'attendance.read', 'users.manage'],
    });
    expect(answer.status).toBe(201);
    expect(createdClient.parse(answer.body)).toEqual(answer.body);
    expect(answer.body).toMatchObject({ clientId: answer.body.id, scopes: ['users.manage', 'attendance.read'] });
    expect(answer.headers.get('location')).toBe(`/api/clients/${answer.body.id}`);
    const { clientSecret, clientId } = answer.body;
    expect((await send('GET', `/${clientId}`)).body).not.toHaveProperty('clientSecret');
    expect(JSON.stringify((await send('GET', '')).body)).not.toContain(clientSecret);
    const stored = await h.sql`select row_to_json(s)::text as row from client_secrets s
      union all select row_to_json(o)::text from outbox o union all select row_to_json(i)::text from idempotency_keys i`;
    expect(stored.map(({ row }) => row).join()).not.toContain(clientSecret);
    const [event] = await h.events('auth.client-created.v1');
    expect(event).toMatchObject({ subject: clientId, data: { clientId, after: { name: 'Payroll', active: true } } });
  });

  test('a repeated request gets the same client and secret; the key for another one is refused', async () => {
    const request = (name: string) =>
      h.call('POST', '/api/clients', {
        token: boss,
        body: { name, scopes: ['audit.read'] },
        headers: { 'idempotency-key': 'once' },
      });
    const first = await request('Once');
    const again = await request('Once');
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect((await request('Twice')).body.code).toBe('idempotency_mismatch');
    const [kept] = await h.sql`select body::text as body from idempotency_keys where key = 'once'`;
    expect(kept?.body).not.toContain(first.body.clientSecret);
  });

  test.each([
    ['an action nobody has', ['shifts.plan'], 'scopes.0'],
    ['an action that is somebody’s own', ['attendance.read', 'profile.own'], 'scopes.1'],
    ['what nobody hands on', ['clients.manage'], 'scopes.0'],
    ['punching for others', ['attendance.punch-others'], 'scopes.0'],
    ['no action at all', [], 'scopes'],
    ['an odd word', ['users manage'], 'scopes.0'],
  ])('are not given %s', async (_what, scopes, field) => {
    const answer = await send('POST', '', { name: 'No', scopes });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input', errors: [{ field, in: 'body' }] } });
  });

  test('are for administrators at a keyboard: no other role, no key, no client', async () => {
    const client = await makeClient(h, boss, ['users.manage']);
    const machine = await tokenOf(client);
    const someone = await h.register('nobody-special');
    for (const token of [machine, someone.accessToken]) {
      for (const [method, path, body] of [
        ['POST', '', { name: 'More', scopes: ['users.manage'] }],
        ['GET', ''],
        ['GET', `/${client.id}`],
        ['PATCH', `/${client.id}`, { scopes: ['audit.read'] }],
        ['POST', `/${client.id}/rotate-secret`, {}],
        ['DELETE', `/${client.id}`],
      ] as const)
        expect([method, (await send(method, path, body, token)).status]).toEqual([method, 403]);
    }
    expect((await h.call('GET', '/api/clients')).status).toBe(401);
  });

  test('an unknown one is 404, an odd id 400', async () => {
    const path = '/019d0000-0000-7000-8000-000000000000';
    expect((await send('GET', path)).status).toBe(404);
    expect((await send('PATCH', path, { active: false })).status).toBe(404);
    expect((await send('POST', `${path}/rotate-secret`, {})).status).toBe(404);
    expect((await send('DELETE', path)).status).toBe(404);
    expect((await send('GET', '/x')).body.code).toBe('invalid_input');
    expect((await send('PATCH', path, {})).body.code).toBe('invalid_input');
  });
});

describe('client credentials', () => {
  test('become a short token that may do what the scopes name, and nothing else', async () => {
    const client = await makeClient(h, boss, ['users.manage', 'audit.read']);
    const answer = await askAsClient(h, client);
    expect(answer.status).toBe(200);
    expect(tokenAnswer.parse(answer.body)).toEqual(answer.body);
    expect(answer.body).toMatchObject({ token_type: 'Bearer', expires_in: 900, scope: 'users.manage audit.read' });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const claims = claimsOf(answer.body.access_token);
    expect(claims).toMatchObject({ sub: client.id, role: 'client', name: 'Payroll', scope: 'users.manage audit.read' });
    expect((await users(answer.body.access_token)).status).toBe(200);
    expect((await h.call('GET', '/api/devices', { token: answer.body.access_token })).status).toBe(403);
    expect((await send('GET', `/${client.id}`)).body.lastUsedAt).not.toBeNull();
  });

  test('come in the form as well, whatever else the form says', async () => {
    const { clientId, clientSecret } = await makeClient(h, boss, ['audit.read']);
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, resource: 'x' };
    expect((await askToken(h, form)).status).toBe(200);
  });

  test('get less when less is asked for, and never more than is held', async () => {
    const client = await makeClient(h, boss, ['users.manage', 'audit.read']);
    const less = await askAsClient(h, client, 'audit.read');
    expect(less.body.scope).toBe('audit.read');
    expect((await users(less.body.access_token)).status).toBe(403);
    expect((await askAsClient(h, client, 'audit.read scaling.plan')).body.scope).toBe('audit.read');
    for (const scope of ['scaling.plan', 'clients.manage', 'nonsense'])
      expect((await askAsClient(h, client, scope)).body).toMatchObject({
        error: 'invalid_scope',
        code: 'invalid_scope',
      });
  });

  test('that do not fit are one answer, in the RFC’s words and ours', async () => {
    const client = await makeClient(h, boss, ['audit.read']);
    const other = await makeClient(h, boss, ['audit.read'], 'Other');
    const off = await makeClient(h, boss, ['audit.read'], 'Off');
    await send('PATCH', `/${off.id}`, { active: false });
    const gone = await makeClient(h, boss, ['audit.read'], 'Gone');
    await send('DELETE', `/${gone.id}`);
    const answers = await Promise.all([
      askAsClient(h, { ...client, clientSecret: other.clientSecret }),
      askAsClient(h, { ...client, clientSecret: 'wrong' }),
      askAsClient(h, { clientId: 'not-an-id', clientSecret: client.clientSecret }),
      askAsClient(h, { clientId: '019d0000-0000-7000-8000-000000000000', clientSecret: client.clientSecret }),
      askAsClient(h, off),
      askAsClient(h, gone),
      askToken(h, { grant_type: 'client_credentials' }),
      askToken(h, { grant_type: 'client_credentials' }, { authorization: 'Basic %%%' }),
      askToken(h, { grant_type: 'client_credentials' }, basic('%zz', '%zz')),
    ]);
    for (const answer of answers) {
      expect([answer.status, answer.body.error, answer.body.code]).toEqual([401, 'invalid_client', 'invalid_client']);
      expect(answer.headers.get('www-authenticate')).toBe('Basic realm="muster"');
      expect(answer.headers.get('content-type')).toContain('application/json');
    }
    const words = answers.slice(0, 6).map(({ body }) => body.error_description);
    expect(new Set(words).size).toBe(1);
  });

  test.each([
    ['another grant', 'grant_type=password', 400, 'unsupported_grant_type'],
    ['no grant', 'scope=x', 400, 'invalid_request'],
    ['a parameter twice', 'grant_type=client_credentials&grant_type=client_credentials', 400, 'invalid_request'],
    ['a key without a key', 'grant_type=urn%3Amuster%3Agrant%3Aapi-key', 400, 'invalid_request'],
    ['an empty body', '', 400, 'invalid_request'],
  ])('%s is refused in the RFC’s words', async (_what, raw, status, error) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await h.call('POST', '/api/auth/token', { raw, headers });
    expect([answer.status, answer.body.error]).toEqual([status, error]);
  });

  test('JSON, a query and credentials shown twice are refused', async () => {
    const client = await makeClient(h, boss, ['audit.read']);
    const grant = { grant_type: 'client_credentials' };
    expect((await h.call('POST', '/api/auth/token', { body: grant })).status).toBe(415);
    const query = new URLSearchParams({ ...grant, client_id: client.clientId }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await h.call('POST', `/api/auth/token?${query}`, { raw: '', headers })).status).toBe(400);
    const twice = await askToken(
      h,
      { ...grant, client_id: client.clientId, client_secret: client.clientSecret },
      basic(client.clientId, client.clientSecret),
    );
    expect([twice.status, twice.body.error]).toEqual([400, 'invalid_request']);
    expect((await h.call('GET', '/api/auth/token')).status).toBe(405);
  });
});

describe('what ends a client', () => {
  test('a new secret works at once, the old one goes on for the overlap, and no token outlives it', async () => {
    const client = await makeClient(h, boss, ['users.manage']);
    const rotated = await send('POST', `/${client.id}/rotate-secret`, { overlapSeconds: 600 });
    expect(rotated).toMatchObject({ status: 200, body: { clientId: client.id } });
    expect(Date.parse(rotated.body.previousUntil) - h.now().epochMilliseconds).toBe(600_000);
    expect((await askAsClient(h, rotated.body)).status).toBe(200);
    const last = await askAsClient(h, client);
    expect([last.status, last.body.expires_in]).toEqual([200, 600]);
    h.pass({ seconds: 601 });
    expect((await askAsClient(h, client)).status).toBe(401);
    expect((await askAsClient(h, rotated.body)).status).toBe(200);
    expect((await h.events('auth.client-secret-rotated.v1')).at(-1)?.data).toMatchObject({
      clientId: client.id,
      version: 2,
    });
  });

  test('a rotation without overlap ends the secret and the tokens it got, not those of the new one', async () => {
    const client = await makeClient(h, boss, ['users.manage']);
    const old = await tokenOf(client);
    const rotated = await send('POST', `/${client.id}/rotate-secret`, { overlapSeconds: 0 });
    expect(rotated.body.previousUntil).toBeNull();
    expect((await askAsClient(h, client)).status).toBe(401);
    expect((await users(old)).status).toBe(401);
    expect((await users(await tokenOf(rotated.body))).status).toBe(200);
  });

  test('an earlier end is never put off by a later rotation', async () => {
    const client = await makeClient(h, boss, ['users.manage']);
    await send('POST', `/${client.id}/rotate-secret`, { overlapSeconds: 60 });
    await send('POST', `/${client.id}/rotate-secret`, { overlapSeconds: 6000 });
    h.pass({ seconds: 61 });
    expect((await askAsClient(h, client)).status).toBe(401);
  });

  test('switching off and deleting reach its tokens; so does taking a scope', async () => {
    const client = await makeClient(h, boss, ['users.manage', 'audit.read']);
    const token = await tokenOf(client);
    await send('PATCH', `/${client.id}`, { name: 'Renamed' });
    expect((await users(token)).status).toBe(200);
    await send('PATCH', `/${client.id}`, { scopes: ['audit.read'] });
    expect((await users(token)).status).toBe(401);
    expect((await users(await tokenOf(client))).status).toBe(403);
    await send('PATCH', `/${client.id}`, { scopes: ['users.manage'], active: false });
    expect((await askAsClient(h, client)).status).toBe(401);
    await send('PATCH', `/${client.id}`, { active: true });
    const again = await tokenOf(client);
    expect((await users(again)).status).toBe(200);
    expect((await send('DELETE', `/${client.id}`)).status).toBe(204);
    expect((await users(again)).status).toBe(401);
    expect((await send('GET', `/${client.id}`)).status).toBe(404);
    const types = (await h.events()).filter(({ subject }) => subject === client.id).map(({ type }) => type);
    expect(types).toEqual([
      'auth.client-created.v1',
      'auth.client-updated.v1',
      'auth.client-updated.v1',
      'auth.client-updated.v1',
      'auth.client-updated.v1',
      'auth.client-deleted.v1',
    ]);
  });

  test('saying the same again changes and tells nothing', async () => {
    const client = await makeClient(h, boss, ['users.manage']);
    const before = (await h.events()).length;
    await send('PATCH', `/${client.id}`, { name: 'Payroll', active: true, scopes: ['users.manage'] });
    expect((await h.events()).length).toBe(before);
  });
});

describe('a token that was narrowed', () => {
  test('never reaches one’s own account', async () => {
    const person: Session = await h.register('account');
    const key = await h.call('POST', '/api/api-keys', {
      token: person.accessToken,
      body: { name: 'k', scopes: ['employees.read'] },
    });
    const grant = { grant_type: 'urn:muster:grant:api-key', api_key: key.body.key };
    const token = (await askToken(h, grant)).body.access_token;
    const change = { currentPassword: password, newPassword: 'another good password' };
    expect((await h.call('POST', '/api/auth/change-password', { token, body: change })).status).toBe(403);
    expect((await h.call('POST', '/api/auth/logout-all', { token })).status).toBe(403);
    expect((await h.call('GET', '/api/auth/profile', { token })).status).toBe(403);
  });
});
