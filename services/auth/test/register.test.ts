import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Harness, password, startHarness } from './support/harness.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.stop());

const path = '/api/auth/register';
const person = (email: string) => ({ email, password, name: 'Ada' });

describe('register', () => {
  test('opens an account as employee, signed in, and tells the others all they need', async () => {
    const details = { position: 'Nurse', phone: '+49 30 123', workId: 'W1', workLocation: 'Hall 2' };
    const answer = await h.call('POST', path, { body: { ...person(' Ada@Example.org '), ...details } });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe('/api/auth/profile');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toMatchObject({ tokenType: 'Bearer', expiresIn: 900 });
    const { user, accessToken } = answer.body;
    expect(user).toMatchObject({ email: 'ada@example.org', username: 'ada', role: 'employee', workId: 'W1' });
    expect((await h.call('GET', '/api/auth/profile', { token: accessToken })).body).toEqual(user);
    const event = (await h.events('auth.user-registered.v1')).at(-1);
    expect(event?.data).toMatchObject({
      userId: user.id,
      after: { email: 'ada@example.org', role: 'employee', ...details },
    });
  });

  test('refuses an e-mail that is taken, in whatever spelling, also when both come at once', async () => {
    await h.register('bea');
    const again = await h.call('POST', path, { body: person('BEA@example.org') });
    expect([again.status, again.body.code]).toEqual([409, 'email_taken']);
    await h.warm();
    const race = await Promise.all([1, 2, 3, 4].map(() => h.call('POST', path, { body: person('race@example.org') })));
    expect(race.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409]);
  });

  test.each([
    ['a role of one’s own choosing', { role: 'admin' }, 'role'],
    ['a verified mark', { active: true }, 'active'],
    ['a password too short', { password: 'ninechars' }, 'password'],
    ['a password that is too common', { password: 'Password123' }, 'password'],
    ['a password over 72 bytes', { password: 'ä'.repeat(37) }, 'password'],
    ['a password with NUL', { password: 'long enough\u0000' }, 'password'],
    ['an e-mail that is none', { email: 'nobody' }, 'email'],
    ['an e-mail with NUL', { email: 'a\u0000b@example.org' }, 'email'],
    ['a name with NUL', { name: 'A\u0000' }, 'name'],
    ['a name of blanks', { name: '  ' }, 'name'],
    ['a name of another type', { name: 5 }, 'name'],
  ])('refuses %s', async (_what, change, field) => {
    const users = await h.sql`select count(*) as n from users`;
    const answer = await h.call('POST', path, { body: { ...person('carl@example.org'), ...change } });
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_input']);
    expect(answer.body.errors.map((error: { field: string }) => error.field)).toEqual([field]);
    expect(await h.sql`select count(*) as n from users`).toEqual(users);
  });

  test('accepts 72 bytes, ten characters, and SQL as a name', async () => {
    const long = { ...person('long@example.org'), password: 'ä'.repeat(36), name: "'); drop table users; --" };
    const answer = await h.call('POST', path, { body: long });
    expect([answer.status, answer.body.user?.name]).toEqual([201, long.name]);
    expect(
      (await h.call('POST', path, { body: { ...person('ten@example.org'), password: 'ten chars!' } })).status,
    ).toBe(201);
  });

  test('a username that is taken is left out, never a reason to fail', async () => {
    await h.register('twin');
    const answer = await h.call('POST', path, { body: person('twin@elsewhere.org') });
    expect([answer.status, answer.body.user.username]).toEqual([201, null]);
  });

  test('an idempotency key makes one account, and another body is refused', async () => {
    const headers = { 'idempotency-key': 'register-1' };
    const body = person('idem@example.org');
    await h.warm();
    const [one, two] = await Promise.all([1, 2].map(() => h.call('POST', path, { body, headers })));
    expect([one?.status, two?.status]).toEqual([201, 201]);
    expect(one?.body.user).toEqual(two?.body.user);
    const other = await h.call('POST', path, { body: { ...body, name: 'Eve' }, headers });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_mismatch']);
    const guess = await h.call('POST', path, { body: { ...body, password: 'another password' }, headers });
    expect([guess.status, guess.body.accessToken]).toEqual([422, undefined]);
    const stored = JSON.stringify(await h.sql`select * from idempotency_keys`);
    expect(stored).not.toContain(one?.body.refreshToken);
  });

  test('neither passwords, hashes nor tokens are in any event', async () => {
    const session = await h.register('quiet');
    const all = JSON.stringify(await h.events());
    for (const secret of [password, '$2', session.accessToken, session.refreshToken]) expect(all).not.toContain(secret);
  });
});

test('where self-registration is off, nobody registers', async () => {
  const closed = await startHarness({ settings: { selfRegistration: false } });
  try {
    const answer = await closed.call('POST', path, { body: person('late@example.org') });
    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
  } finally {
    await closed.stop();
  }
});
