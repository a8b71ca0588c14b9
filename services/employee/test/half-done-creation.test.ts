import { AppError } from '@muster/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sweepCreations } from '../src/verbs/sweep-creations.ts';
import { away } from './support/fake-auth.ts';
import { createHarness, type Harness } from './support/harness.ts';
import { somebody } from './support/people.ts';

let on: Harness;
beforeAll(async () => {
  on = await createHarness();
});
afterAll(() => on.drop());
afterEach(async () => {
  on.auth.onOpen = undefined;
  on.auth.onRemove = undefined;
});

let count = 0;
const wanted = () => {
  count += 1;
  return { email: `half${count}@example.org`, name: 'Half', position: 'P' };
};
const post = (body: object, headers: Record<string, string> = {}) =>
  on.ask('POST', '/api/employees', { as: on.hr, body, headers });
const peopleOf = (email: string) => on.sql<{ id: string; state: string }[]>`
  select id, state from people where email = ${email}
`;
const removals = () => on.sql`select user_id from login_removals`;
const toldOf = async (email: string) =>
  (await on.published()).filter((event) => JSON.stringify(event.data).includes(email));

/** Dies like `kill -9` at the given moment: nothing of the request runs after it. */
async function crashAfter(what: 'pending' | 'login', body: { email: string }): Promise<void> {
  const { promise: reached, resolve } = Promise.withResolvers<void>();
  on.auth.onOpen = (login) => {
    if (what === 'login') on.auth.opened.set(login.id, login);
    resolve();
    return new Promise<void>(() => {});
  };
  void post(body);
  await reached;
  on.auth.onOpen = undefined;
}

describe('auth refuses', () => {
  it.each([
    ['email_taken', 409],
    ['invalid_input', 400],
  ] as const)('%s: its answer is passed on and nothing remains', async (code, status) => {
    const body = wanted();
    on.auth.onOpen = () => {
      throw new AppError(code, 'No.', { errors: [{ field: 'password', message: 'is too common', in: 'body' }] });
    };
    const answer = await post(body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await peopleOf(body.email)).toEqual([]);
    expect(await removals()).toEqual([]);
    expect(await toldOf(body.email)).toEqual([]);
  });
});

describe('auth is away', () => {
  it('503 with Retry-After, nobody created, and a retry succeeds once it is back', async () => {
    const body = wanted();
    on.auth.onOpen = away;
    const answer = await post(body, { 'idempotency-key': 'away-1' });
    expect([answer.status, answer.body.code]).toEqual([503, 'unavailable']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await peopleOf(body.email)).toEqual([]);
    on.auth.onOpen = undefined;
    expect((await post(body, { 'idempotency-key': 'away-1' })).status).toBe(201);
    expect(await toldOf(body.email)).toHaveLength(1);
  });

  it('opened the login but its answer was lost: the login is taken back', async () => {
    const body = wanted();
    on.auth.onOpen = (login) => {
      on.auth.opened.set(login.id, login);
      throw new AppError('timeout', 'auth took too long.');
    };
    expect((await post(body)).status).toBe(503);
    expect([...on.auth.opened.values()].filter((login) => login.email === body.email)).toEqual([]);
    expect(await removals()).toEqual([]);
  });

  it('stays away: the removal is kept and swept later, and a new attempt waits for it', async () => {
    const body = wanted();
    on.auth.onOpen = (login) => {
      on.auth.opened.set(login.id, login);
      away();
    };
    on.auth.onRemove = away;
    expect((await post(body)).status).toBe(503);
    expect(await peopleOf(body.email)).toEqual([]);
    expect(await removals()).toHaveLength(1);

    on.auth.onOpen = undefined;
    expect((await post(body)).status).toBe(503);
    expect((await sweepCreations(on.deps)).removed).toBe(0);

    on.auth.onRemove = undefined;
    on.pass({ minutes: 1 });
    expect((await sweepCreations(on.deps)).removed).toBe(1);
    expect(await removals()).toEqual([]);
    expect((await post(body)).status).toBe(201);
  });

  it('a new attempt settles the old removal itself', async () => {
    const body = wanted();
    on.auth.onOpen = (login) => {
      on.auth.opened.set(login.id, login);
      away();
    };
    on.auth.onRemove = away;
    await post(body);
    on.auth.onOpen = undefined;
    on.auth.onRemove = undefined;
    expect((await post(body)).status).toBe(201);
    expect(await removals()).toEqual([]);
  });
});

describe('the process dies', () => {
  it.each(['pending', 'login'] as const)('after %s: seen nowhere, then swept with its login', async (moment) => {
    const body = wanted();
    await crashAfter(moment, body);
    const [pending] = await peopleOf(body.email);
    expect(pending?.state).toBe('pending');
    const id = pending?.id ?? '';

    expect((await on.ask('GET', `/api/employees/${id}`, { as: on.admin })).status).toBe(404);
    expect((await on.ask('PATCH', `/api/employees/${id}`, { as: on.admin, body: { name: 'X' } })).status).toBe(404);
    expect((await on.ask('DELETE', `/api/employees/${id}`, { as: on.admin })).status).toBe(404);
    expect((await on.ask('GET', `/api/employees?search=${body.email}`, { as: on.admin })).body.meta.total).toBe(0);
    expect((await on.ask('GET', '/api/profile', { as: somebody('employee', { id }) })).status).toBe(404);
    expect((await post(body)).body.code).toBe('request_in_progress');

    // A creation that is merely slow is left alone.
    await sweepCreations(on.deps);
    expect(await peopleOf(body.email)).toHaveLength(1);

    on.pass({ minutes: 2 });
    await sweepCreations(on.deps);
    expect(await peopleOf(body.email)).toEqual([]);
    expect(on.auth.opened.has(id)).toBe(false);
    expect(on.auth.removed).toContain(id);
    expect(await toldOf(body.email)).toEqual([]);
    expect((await post(body)).status).toBe(201);
  });

  it('after the sweep gave it up, a request that was only very slow creates nobody', async () => {
    const body = wanted();
    const { promise: goOn, resolve } = Promise.withResolvers<void>();
    const { promise: reached, resolve: arrived } = Promise.withResolvers<void>();
    on.auth.onOpen = async () => {
      arrived();
      await goOn;
    };
    const slow = post(body);
    await reached;
    on.pass({ minutes: 2 });
    await sweepCreations(on.deps);
    resolve();
    const answer = await slow;
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await peopleOf(body.email)).toEqual([]);
    expect([...on.auth.opened.values()].filter((login) => login.email === body.email)).toEqual([]);
  });

  it('two sweeps at once do not disturb each other', async () => {
    const bodies = [wanted(), wanted(), wanted()];
    for (const body of bodies) await crashAfter('login', body);
    on.pass({ minutes: 2 });
    await Promise.all([sweepCreations(on.deps), sweepCreations(on.deps)]);
    for (const body of bodies) expect(await peopleOf(body.email)).toEqual([]);
    expect(await removals()).toEqual([]);
  });
});

describe('the database fails between login and activation', () => {
  it('takes login and person back', async () => {
    const body = wanted();
    await on.sql`create function refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end'`;
    await on.sql`create trigger refuse before update on people for each row execute function refuse()`;
    const answer = await post(body);
    await on.sql`drop trigger refuse on people`;
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toContain('refuse');
    expect(await peopleOf(body.email)).toEqual([]);
    expect([...on.auth.opened.values()].filter((login) => login.email === body.email)).toEqual([]);
    expect((await post(body)).status).toBe(201);
  });
});

describe('a login that was opened for nobody', () => {
  it('is removed when auth tells of it', async () => {
    const userId = '0198bbbb-0000-7000-8000-000000000001';
    const after = { email: 'ghost@example.org', name: 'Ghost', role: 'employee' as const };
    const base = {
      version: 1,
      occurredAt: '2026-03-02T08:00:00Z',
      actor: { id: userId, name: 'x', role: 'hr' as const },
    };
    expect((await on.deliver(on.event('auth.login-opened.v1', { ...base, userId, after }))).body.status).toBe(
      'SUCCESS',
    );
    await sweepCreations(on.deps);
    expect(on.auth.removed).toContain(userId);
  });

  it('one with a person stays', async () => {
    const { id, email } = await on.hire();
    const after = { email, name: 'N', role: 'employee' as const };
    const base = { version: 1, occurredAt: '2026-03-02T08:00:00Z', actor: { id, name: 'x', role: 'hr' as const } };
    await on.deliver(on.event('auth.login-opened.v1', { ...base, userId: id, after }));
    await sweepCreations(on.deps);
    expect(on.auth.removed).not.toContain(id);
  });
});
