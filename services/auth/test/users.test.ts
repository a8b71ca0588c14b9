import type { Session } from '@muster/contracts/http/auth';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { admin, type Harness, password, startHarness } from './support/harness.ts';

let h: Harness;
let boss: Session;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.stop());
beforeEach(async () => {
  boss = await h.login(admin);
});

const nobody = '019d0000-0000-7000-8000-000000000000';
const as = (session: Session) => ({ token: session.accessToken });
const patch = (id: string, body: unknown, by = boss) => h.call('PATCH', `/api/users/${id}`, { ...as(by), body });
const remove = (id: string, by = boss) => h.call('DELETE', `/api/users/${id}`, as(by));
const get = (path: string, by = boss) => h.call('GET', `/api/users${path}`, as(by));

describe('users', () => {
  test('only administrators come in', async () => {
    const { user } = boss;
    const someone = await h.register('someone');
    for (const role of ['employee', 'hr', 'manager', 'teacher', 'kiosk']) {
      await patch(someone.user.id, { role });
      const session = await h.login({ email: someone.user.email, password });
      for (const answer of [
        await get('', session),
        await get(`/${user.id}`, session),
        await patch(someone.user.id, { role: 'admin' }, session),
        await remove(user.id, session),
      ]) {
        expect([role, answer.status, answer.body.code]).toEqual([role, 403, 'forbidden']);
      }
    }
    expect((await h.call('GET', '/api/users')).status).toBe(401);
  });

  test('are listed newest first, filtered and paged, never with a hash', async () => {
    for (const name of ['list-a', 'list-b', 'list-c']) {
      h.pass({ seconds: 1 });
      await h.register(name);
    }
    const page = await get('?search=LIST-&limit=2');
    expect(page.body.data.map((user: { name: string }) => user.name)).toEqual(['list-c', 'list-b']);
    expect(page.body.meta).toEqual({ page: 1, limit: 2, total: 3, totalPages: 2 });
    expect((await get('?search=list-&limit=2&page=2')).body.data).toHaveLength(1);
    expect((await get('?role=admin')).body.data.map((user: { email: string }) => user.email)).toEqual([admin.email]);
    expect((await get('?search=%25')).body.data).toEqual([]);
    expect(JSON.stringify(page.body)).not.toMatch(/hash|\$2/);
    for (const query of ['?limit=101', '?page=0', '?active=maybe', '?unknown=1', '?role=god', '?search=']) {
      expect([query, (await get(query)).status]).toEqual([query, 400]);
    }
  });

  test('one is read by id; unknown is 404, no id at all 400', async () => {
    const { user } = await h.register('reader');
    expect((await get(`/${user.id}`)).body).toMatchObject({ ...user, active: true, invited: false });
    expect((await get(`/${nobody}`)).body.code).toBe('not_found');
    expect((await get('/1-or-1=1')).body.code).toBe('invalid_input');
    expect((await get('/%00')).status).toBe(400);
  });

  test('a new role reaches tokens at once and is told', async () => {
    const person = await h.register('riser');
    const answer = await patch(person.user.id, { role: 'hr' });
    expect([answer.status, answer.body.role]).toEqual([200, 'hr']);
    expect((await h.call('GET', '/api/auth/profile', as(person))).status).toBe(401);
    const event = (await h.events('auth.user-role-changed.v1')).at(-1);
    expect(event?.data).toMatchObject({ userId: person.user.id, version: 2, before: { role: 'employee' } });
    expect(event?.data).toMatchObject({ after: { role: 'hr' }, actor: { id: boss.user.id } });
    const events = (await h.events()).length;
    await patch(person.user.id, { role: 'hr' });
    expect((await h.events()).length).toBe(events);
  });

  test('disabling ends the sessions, enabling lets in again', async () => {
    const person = await h.register('pause');
    expect((await patch(person.user.id, { active: false })).body.active).toBe(false);
    expect((await h.call('GET', '/api/auth/validate', as(person))).status).toBe(401);
    await expect(h.login({ email: person.user.email, password })).rejects.toThrow('invalid_credentials');
    expect((await get('?active=false')).body.data[0].email).toBe(person.user.email);
    await patch(person.user.id, { active: true });
    await h.login({ email: person.user.email, password });
    const types = (await h.events()).filter(({ subject }) => subject === person.user.id).map(({ type }) => type);
    expect(types).toEqual([
      'auth.user-registered.v1',
      'auth.login-disabled.v1',
      'auth.session-revoked.v1',
      'auth.sign-in-failed.v1',
      'auth.login-enabled.v1',
      'auth.user-logged-in.v1',
    ]);
  });

  test('deleting is soft, ends tokens at once, and frees the e-mail', async () => {
    const person = await h.register('leaver');
    expect((await remove(person.user.id)).status).toBe(204);
    expect((await h.call('GET', '/api/auth/validate', as(person))).status).toBe(401);
    expect((await get(`/${person.user.id}`)).status).toBe(404);
    expect((await remove(person.user.id)).status).toBe(404);
    expect((await get('?search=leaver')).body.data).toEqual([]);
    const [event] = await h.events('auth.user-deleted.v1');
    expect(event?.data).toMatchObject({ userId: person.user.id, before: { email: person.user.email } });
    const again = await h.register('leaver');
    expect(again.user.id).not.toBe(person.user.id);
  });

  test.each([
    ['nothing', {}],
    ['an unknown role', { role: 'god' }],
    ['another field', { role: 'hr', email: 'x@example.org' }],
    ['the wrong type', { active: 'no' }],
    ['no object', []],
  ])('a patch with %s is refused', async (_what, body) => {
    expect((await patch(boss.user.id, body)).body.code).toBe('invalid_input');
  });

  test('the last administrator stays, however many try at once', async () => {
    for (const answer of [
      await patch(boss.user.id, { role: 'employee' }),
      await patch(boss.user.id, { active: false }),
      await remove(boss.user.id),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([409, 'last_admin']);
    }
    const ring = [boss];
    for (const name of ['two', 'three', 'four', 'five', 'six']) {
      const { user } = await h.register(name);
      await patch(user.id, { role: 'admin' });
      ring.push(await h.login({ email: user.email, password }));
    }
    await h.warm();
    // Everybody deletes the next one: whoever looks before the others have written sees admins enough.
    await Promise.all(ring.map((by, i) => remove(ring[(i + 1) % ring.length]?.user.id ?? '', by)));
    const left = await h.sql`select 1 from users where role = 'admin' and active and deleted_at is null`;
    expect(left.length).toBeGreaterThan(0);
  });
});
