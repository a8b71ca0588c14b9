import { newEvent, unnamedColumns } from '@muster/db';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personalTables } from '../src/sql/personal-data.ts';
import { appApiToken, type Harness, password, startHarness } from './support/harness.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.stop());

const headers = { 'dapr-api-token': appApiToken };
const inner = (method: string, id: string) => h.call(method, `/internal/personal-data/${id}`, { headers });
const markers = ['markerlogin', 'Marker Name', 'M-4711', 'Marker place', 'marker-agent'];

async function registered(name: string) {
  const { body } = await h.call('POST', '/api/auth/register', {
    body: {
      email: `${name}@example.org`,
      password,
      name: 'Marker Name',
      workId: 'M-4711',
      workLocation: 'Marker place',
    },
    headers: { 'user-agent': 'marker-agent', 'idempotency-key': v7() },
  });
  return body as { accessToken: string; refreshToken: string; user: { id: string } };
}
const everything = async (id: string): Promise<string> => {
  const tables = ['users', 'sessions', 'refresh_tokens', 'one_time_tokens', 'outbox', 'idempotency_keys'];
  const rows = await Promise.all(
    tables.map((table) => h.sql.unsafe(`select t::text from ${table} t where t::text like $1`, [`%${id}%`])),
  );
  return JSON.stringify(rows);
};

test('every table and column is either told, withheld or none about people', async () => {
  expect(await unnamedColumns(h.sql, personalTables)).toEqual([]);
});

describe('an export', () => {
  test('tells account and sessions, and no secret of any table', async () => {
    const { user } = await registered('told');
    await h.sql`
      insert into one_time_tokens (hash, user_id, purpose, created_at, expires_at)
      values ('PLANTED'::bytea, ${user.id}, 'invitation', now(), now())
    `;
    await h.sql`insert into totp_factors (user_id, secret_sealed, created_at) values (${user.id}, 'PLANTED'::bytea, now())`;
    await h.sql`insert into recovery_codes (user_id, hash, created_at) values (${user.id}, 'PLANTED'::bytea, now())`;
    await h.sql`update users set password_hash = 'PLANTED' where id = ${user.id}`;
    let text = '';
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `?cursor=${cursor}`;
      const { body } = await h.call('GET', `/internal/personal-data/${user.id}${query}`, { headers });
      text += JSON.stringify(body.rows);
      cursor = body.next;
    } while (cursor !== null);
    for (const told of ['told@example.org', 'Marker Name', 'marker-agent', 'invitation', 'totp_factors'])
      expect(text).toContain(told);
    expect(text).not.toContain('PLANTED');
    expect(text).not.toContain(Buffer.from('PLANTED').toString('hex'));
    expect(text).not.toMatch(/hash|secret|successor/);
  });
});

describe('an erasure', () => {
  test('leaves neither name nor address nor anything to sign in with, others untouched', async () => {
    const { user, accessToken, refreshToken } = await registered('markerlogin');
    const other = await registered('other');
    const text = await everything(user.id);
    for (const marker of markers) expect(text).toContain(marker);
    const ofOther = await everything(other.user.id);
    expect((await inner('DELETE', user.id)).body).toEqual({ done: true });
    expect((await inner('DELETE', user.id)).body).toEqual({ done: true });
    const after = await everything(user.id);
    for (const marker of markers) expect(after).not.toContain(marker);
    expect(await everything(other.user.id)).toBe(ofOther);
    const [row] =
      await h.sql`select password_hash, username, deleted_at is not null as gone from users where id = ${user.id}`;
    expect(row).toEqual({ password_hash: null, username: null, gone: true });
    expect((await h.call('GET', '/api/auth/profile', { token: accessToken })).status).toBe(401);
    expect((await h.call('POST', '/api/auth/refresh', { body: { refreshToken } })).status).toBe(401);
    const login = { body: { email: 'markerlogin@example.org', password } };
    expect((await h.call('POST', '/api/auth/login', login)).status).toBe(401);
  });

  test('tells of the deletion once, without a name, and frees the address', async () => {
    const { user } = await registered('freed');
    await inner('DELETE', user.id);
    await inner('DELETE', user.id);
    const told = (await h.events('auth.user-deleted.v1')).filter(({ data }) => data.userId === user.id);
    expect(told).toHaveLength(1);
    expect(told[0]?.data).toMatchObject({ before: { role: 'employee' } });
    expect(JSON.stringify(told)).not.toMatch(/freed|Marker/);
    expect((await registered('freed')).user.id).not.toBe(user.id);
  });

  test('late events and a late opening bring nothing back', async () => {
    const { user } = await registered('late');
    await inner('DELETE', user.id);
    const after = {
      email: 'late@example.org',
      name: 'Marker Name',
      role: 'employee' as const,
      position: null,
      workId: 'M-4711',
      department: null,
      siteId: v7(),
      managerId: null,
      hiredOn: null,
      status: 'active' as const,
    };
    const actor = { id: v7(), name: 'Hr', role: 'hr' as const };
    const occurredAt = h.now().toString();
    const common = {
      version: 50,
      occurredAt,
      actor,
      employeeId: user.id,
      before: after,
      after,
      changedFields: ['name'],
    };
    const { envelope } = newEvent('employee.employee-updated.v1', common);
    expect((await h.call('POST', '/events/employee', { body: envelope, headers })).body).toEqual({ status: 'SUCCESS' });
    const body = { id: user.id, email: 'late@example.org', name: 'Marker Name' };
    expect((await h.call('POST', '/internal/logins', { body, headers })).status).toBe(409);
    expect(await everything(user.id)).not.toContain('Marker Name');
  });

  test('answers only to the sidecar', async () => {
    for (const method of ['GET', 'DELETE'])
      expect((await h.call(method, `/internal/personal-data/${v7()}`)).status).toBe(403);
  });
});
