import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appApiToken, type Harness, password, startHarness } from './support/harness.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.stop());

const headers = { 'dapr-api-token': appApiToken };
const person = (name: string) => ({ id: v7(), email: `${name}@example.org`, name, role: 'employee' });
const open = (body: object) => h.call('POST', '/internal/logins', { body, headers });
const withdraw = (id: string) => h.call('DELETE', `/internal/logins/${id}`, { headers });
const accept = (token: string, secret = password) =>
  h.call('POST', '/api/auth/accept-invitation', { body: { token, password: secret } });
const about = async (id: string) => (await h.events()).filter(({ subject }) => subject === id).map(({ type }) => type);

describe('opening a login', () => {
  test('with a password: the person signs in', async () => {
    const body = { ...person('ann'), role: 'manager', password };
    const answer = await open(body);
    expect([answer.status, answer.body]).toEqual([201, { userId: body.id }]);
    const { user } = await h.login({ email: body.email, password });
    expect(user).toMatchObject({ id: body.id, role: 'manager' });
    const [event] = await h.events('auth.login-opened.v1');
    expect(event?.data).toMatchObject({ userId: body.id, after: { email: body.email, role: 'manager' } });
    expect(await h.events('auth.user-registered.v1')).toHaveLength(1);
  });

  test('without one: an invitation opens it, once', async () => {
    const body = person('ben');
    const { invitationToken } = (await open(body)).body;
    await expect(h.login({ email: body.email, password: '' })).rejects.toThrow();
    await expect(h.login({ email: body.email, password })).rejects.toThrow('invalid_credentials');
    expect((await accept(invitationToken, 'short')).body.code).toBe('invalid_input');
    await h.warm();
    const both = await Promise.all([accept(invitationToken), accept(invitationToken)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    const session = both.find(({ status }) => status === 200)?.body;
    expect((await h.call('GET', '/api/auth/profile', { token: session.accessToken })).body.id).toBe(body.id);
    expect(await about(body.id)).toContain('auth.password-changed.v1');
    expect((await accept(invitationToken)).body.code).toBe('invalid_token');
    const dump = JSON.stringify(await h.sql`select t::text as row from one_time_tokens t`);
    expect(dump).not.toContain(invitationToken);
  });

  test('is the same when repeated; only the newest invitation counts', async () => {
    const body = person('cat');
    const first = await open(body);
    const second = await open(body);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body.userId).toBe(body.id);
    expect((await accept(first.body.invitationToken)).status).toBe(401);
    expect((await accept(second.body.invitationToken)).status).toBe(200);
    expect((await open(body)).body).toEqual({ userId: body.id });
    expect((await about(body.id)).filter((type) => type === 'auth.login-opened.v1')).toHaveLength(1);
  });

  test('ten times at once opens one', async () => {
    const body = { ...person('dot'), password };
    await h.warm();
    const answers = await Promise.all(Array.from({ length: 10 }, () => open(body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 201]);
  });

  test('an invitation ends after 7 days', async () => {
    const { invitationToken } = (await open(person('eli'))).body;
    h.pass({ hours: 7 * 24 });
    expect((await accept(invitationToken)).body.code).toBe('invalid_token');
  });

  test('refuses a taken e-mail, a taken id, and bad input', async () => {
    const body = person('fay');
    await open(body);
    expect((await open({ ...body, id: v7() })).body.code).toBe('email_taken');
    expect((await open({ ...body, email: 'other@example.org' })).body.code).toBe('conflict');
    for (const change of [{ password: 'short' }, { role: 'god' }, { id: '1' }, { extra: 1 }, { name: 'a\u0000' }]) {
      expect((await open({ ...person('gus'), ...change })).body.code).toBe('invalid_input');
    }
  });

  test('answers to the sidecar only', async () => {
    const body = person('ida');
    for (const wrong of [{}, { 'dapr-api-token': 'another-token' }]) {
      expect((await h.call('POST', '/internal/logins', { body, headers: wrong })).status).toBe(403);
      expect((await h.call('DELETE', `/internal/logins/${body.id}`, { headers: wrong })).status).toBe(403);
      expect((await h.call('GET', '/internal/revocations', { headers: wrong })).status).toBe(403);
    }
  });
});

describe('withdrawing a login', () => {
  test('leaves nothing, and the e-mail is free', async () => {
    const body = person('jim');
    const { invitationToken } = (await open(body)).body;
    expect((await withdraw(body.id)).status).toBe(204);
    expect((await withdraw(body.id)).status).toBe(204);
    expect((await accept(invitationToken)).body.code).toBe('invalid_token');
    expect(await h.sql`select 1 from users where id = ${body.id}`).toHaveLength(0);
    expect(await about(body.id)).toEqual(['auth.login-opened.v1', 'auth.user-deleted.v1']);
    expect((await open({ ...body, id: v7() })).status).toBe(201);
  });

  test('refuses a request to open it that comes late', async () => {
    const body = person('kay');
    expect((await withdraw(body.id)).status).toBe(204);
    expect((await open(body)).body.code).toBe('conflict');
    const other = person('lea');
    await h.warm();
    const [opened, withdrawn] = await Promise.all([open(other), withdraw(other.id)]);
    expect(withdrawn.status).toBe(204);
    expect([201, 409]).toContain(opened.status);
    expect(await h.sql`select 1 from users where id = ${other.id} and deleted_at is null`).toHaveLength(0);
  });

  test('deletes softly, and ends the sessions, when somebody signed in meanwhile', async () => {
    const body = { ...person('max'), password };
    await open(body);
    const { accessToken } = await h.login({ email: body.email, password });
    expect((await withdraw(body.id)).status).toBe(204);
    expect((await h.call('GET', '/api/auth/profile', { token: accessToken })).status).toBe(401);
    await expect(h.login({ email: body.email, password })).rejects.toThrow('invalid_credentials');
  });
});
