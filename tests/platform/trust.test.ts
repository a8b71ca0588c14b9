import { expectStatus } from '@muster/demo';
import { describe, expect, it } from 'vitest';
import { auditedOnce } from '../src/audit.ts';
import { eventually } from '../src/eventually.ts';
import { checkIn, checkInPatiently, newPerson } from '../src/people.ts';
import { world } from '../src/world.ts';

describe('faults of the source systems', () => {
  it('two hundred check-ins of one person at once make one row', async () => {
    const { sql } = await world();
    const person = await newPerson();
    const answers = await Promise.all(Array.from({ length: 200 }, () => checkIn(person)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status !== 201).every(({ body }) => body.code === 'already_checked_in')).toBe(
      true,
    );
    const rows = await sql('attendance')`SELECT 1 FROM attendance_sessions WHERE employee_id = ${person.id}`;
    expect(rows).toHaveLength(1);
  });

  it('a deleted user’s token does not clock in', async () => {
    const { api, adminToken } = await world();
    const person = await newPerson();
    expectStatus(await api.call('DELETE', `/api/users/${person.id}`, { token: adminToken() }), 204);
    const refused = await eventually('the token is refused', async () => {
      const answer = await checkIn(person);
      if (answer.status !== 201) return answer;
      await api.call('POST', '/api/attendance/check-out', { token: person.token, body: {} });
      return undefined;
    });
    expect([401, 403]).toContain(refused.status);
    const login = await api.call('POST', '/api/auth/login', { body: person2credentials(person), patience: 20 });
    expect(login.status).toBe(401);
  });

  it('an employee that HR deleted loses the login, and gets it back by restore', async () => {
    const { api, adminToken } = await world();
    const person = await newPerson();
    const path = `/api/employees/${person.id}`;
    await eventually(
      'the person exists',
      async () => (await api.call('GET', path, { token: adminToken() })).status === 200,
    );
    expectStatus(await api.call('DELETE', path, { token: adminToken() }), 204);
    await eventually(
      'the token is refused',
      async () => (await api.call('GET', '/api/profile', { token: person.token })).status === 401,
    );
    expectStatus(await api.call('POST', `${path}/restore`, { token: adminToken() }), 200);
    await eventually('the login works again', async () => {
      const answer = await api.call('POST', '/api/auth/login', { body: person2credentials(person), patience: 20 });
      return answer.status === 200;
    });
  });

  it('a caller cannot choose its own role', async () => {
    const { api } = await world();
    const body = {
      email: 'chooser@tests.muster.example',
      password: 'A-good-password-1',
      name: 'Chooser',
      role: 'admin',
    };
    const answer = await api.call('POST', '/api/auth/register', { body, patience: 20 });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
  });

  it('no secret reaches an audit entry, an outbox or a log', async () => {
    const { sql, logs, api } = await world();
    const person = await newPerson();
    await api.call('POST', '/api/auth/login', {
      body: { email: person.email, password: 'Wrong-password-1' },
      patience: 20,
    });
    const changed = await api.call('POST', '/api/auth/change-password', {
      token: person.token,
      body: { currentPassword: person.password, newPassword: 'Another-password-2' },
      patience: 20,
    });
    expect([200, 204]).toContain(changed.status);
    await eventually('the change is audited', async () => {
      const rows = await sql('events')`
        SELECT 1 FROM audit_entries WHERE event_type = 'auth.password-changed' AND user_id = ${person.id}`;
      return rows.length === 1;
    });
    const secrets = [person.password, 'Another-password-2', 'Wrong-password-1', person.refreshToken, person.token];
    const everything = [
      ...(await sql('events')`SELECT payload::text AS text FROM audit_entries`),
      ...(await sql('auth')`SELECT payload::text AS text FROM outbox`),
      ...(await sql('employee')`SELECT payload::text AS text FROM outbox`),
    ].map((row) => String(row.text));
    const haystack = [...everything, await logs()].join('\n');
    expect(haystack.length).toBeGreaterThan(1000);
    expect(secrets.filter((secret) => haystack.includes(secret))).toEqual([]);
    expect(haystack).not.toMatch(/\$2[aby]\$\d\d\$/);
  });

  it('isRead=false returns only what is unread', async () => {
    const { api, adminToken } = await world();
    await newPerson();
    interface Notification {
      id: string;
      isRead: boolean;
    }
    const list = async (isRead: boolean): Promise<Notification[]> => {
      const answer = await api.call<{ data: Notification[] }>('GET', `/api/notifications?isRead=${isRead}&limit=100`, {
        token: adminToken(),
      });
      return expectStatus(answer, 200).data;
    };
    const [one] = await eventually('a notification', async () => {
      const unread = await list(false);
      return unread.length > 0 ? unread : undefined;
    });
    const body = { notificationIds: [one?.id] };
    const marked = await api.call('POST', '/api/notifications/mark-as-read', { token: adminToken(), body });
    expect(marked).toMatchObject({ status: 200, body: { count: 1 } });
    expect((await list(false)).every(({ isRead }) => !isRead)).toBe(true);
    expect((await list(false)).some(({ id }) => id === one?.id)).toBe(false);
    expect((await list(true)).some(({ id }) => id === one?.id)).toBe(true);
  });

  it('today is the site’s day, not the server’s', async () => {
    const { api, adminToken } = await world();
    const zones = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'];
    const days = await Promise.all(
      zones.map(async (zone) => {
        const body = { name: `Site of ${zone} ${Date.now()}`, zone };
        const site = expectStatus(
          await api.call<{ id: string }>('POST', '/api/sites', { token: adminToken(), body }),
          201,
        );
        const person = await newPerson();
        const path = `/api/employees/${person.id}`;
        await eventually(
          'the person exists',
          async () => (await api.call('GET', path, { token: adminToken() })).status === 200,
        );
        expectStatus(await api.call('PATCH', path, { token: adminToken(), body: { siteId: site.id } }), 200);
        const { sql } = await world();
        await eventually('attendance knows the site', async () => {
          const rows = await sql('attendance')`SELECT 1 FROM people WHERE id = ${person.id} AND site_id = ${site.id}`;
          return rows.length === 1;
        });
        const session = await checkInPatiently(person);
        const local = Temporal.Instant.from(session.checkInAt).toZonedDateTimeISO(zone).toPlainDate().toString();
        expect(session.date).toBe(local);
        const today = await api.call<{ id: string }>('GET', '/api/attendance/today', { token: person.token });
        expect(today.body.id).toBe(session.id);
        return session.date;
      }),
    );
    // 25 hours lie between the two: they never share a day.
    expect(new Set(days).size).toBe(2);
  });
});

describe('the audit log', () => {
  it('verifies, and a client sees its check-in there', async () => {
    const { api, adminToken } = await world();
    const session = await checkInPatiently(await newPerson());
    expect(await auditedOnce('attendance.checked-in', [session.id])).toEqual([]);
    const found = await api.call<{ data: { entityId: string }[] }>('GET', `/api/audit-logs?entityId=${session.id}`, {
      token: adminToken(),
    });
    expect(found.body.data).toHaveLength(1);
    const verdict = await api.call('GET', '/api/audit-logs/verify', { token: adminToken() });
    expect(verdict).toMatchObject({ status: 200, body: { ok: true } });
  });

  it('is the admin’s alone', async () => {
    const { api } = await world();
    const { token } = await newPerson();
    for (const path of ['/api/audit-logs', '/api/audit-logs/verify', '/api/audit-logs/stats', '/api/users']) {
      expect([path, (await api.call('GET', path, { token })).status]).toEqual([path, 403]);
      expect([path, (await api.call('GET', path)).status]).toEqual([path, 401]);
    }
  });
});

function person2credentials({ email, password }: { email: string; password: string }): {
  email: string;
  password: string;
} {
  return { email, password };
}
