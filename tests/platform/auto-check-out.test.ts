// Somebody forgets to check out: Dapr's scheduler has it done, the person and their manager are told, and a real check-out takes its place.
import { expectStatus } from '@muster/demo';
import { v7 as uuid } from 'uuid';
import { expect, it } from 'vitest';
import { eventually } from '../src/eventually.ts';
import { type Attendance, checkInPatiently, newPerson } from '../src/people.ts';
import { world } from '../src/world.ts';

// The sweep finds what is two minutes late: what comes earlier, the scheduler's job did.
const beforeAnySweepMs = 170_000;

it('a missed check-out is closed by the job, told to both, and replaced by a real one', async () => {
  const { api, adminToken, sql } = await world();
  const post = async <T>(path: string, token: string, body: object) =>
    expectStatus(await api.call<T>('POST', path, { token, body, patience: 20 }), 200, 201);
  const site = await post<{ id: string }>('/api/sites', adminToken(), {
    name: `Auto ${uuid()}`,
    zone: 'Europe/Berlin',
  });
  const [person, boss] = await Promise.all([newPerson(), newPerson()]);
  await eventually('employee knows them', async () => {
    const answer = await api.call('PATCH', `/api/employees/${person.id}`, {
      token: adminToken(),
      body: { siteId: site.id, managerId: boss.id },
      patience: 20,
    });
    return answer.status === 200;
  });
  await eventually('attendance knows where they work', async () => {
    const [row] = await sql('attendance')`select 1 from people where id = ${person.id} and site_id = ${site.id}`;
    return row !== undefined;
  });
  await eventually('the rules count', async () => {
    const rules = { standardDayMinutes: 0, autoClose: { by: 'TOLERANCE', minutes: 1 } };
    const body = { siteId: site.id, validFrom: '2020-01-01', name: 'A minute', rules };
    return (
      (await api.call('POST', '/api/attendance/rules', { token: adminToken(), body, patience: 20 })).status === 201
    );
  });

  const { checkInAt } = await checkInPatiently(person);
  const closed = await eventually(
    'the check-out',
    async () => {
      const { body } = await api.call<Attendance>('GET', '/api/attendance/today', {
        token: person.token,
        patience: 20,
      });
      return body.checkOutAt === null ? undefined : body;
    },
    beforeAnySweepMs,
  );
  expect(Date.parse(closed.checkOutAt ?? '') - Date.parse(checkInAt)).toBe(60_000);
  for (const [who, title] of [
    [person, 'You were checked out automatically'],
    [boss, 'Somebody was checked out automatically'],
  ] as const)
    await eventually(title, async () => {
      const { body } = await api.call<{ data: { title: string }[] }>('GET', '/api/notifications?limit=50', {
        token: who.token,
        patience: 20,
      });
      return body.data.some((one) => one.title === title);
    });

  const left = await api.call<Attendance>('POST', '/api/attendance/check-out', {
    token: person.token,
    body: {},
    headers: { 'idempotency-key': uuid() },
    patience: 20,
  });
  expect(left).toMatchObject({ status: 201, body: { id: closed.id } });
  await eventually('the day counts the real one', async () => {
    const [row] = await sql('attendance')<{ flags: string[] }[]>`
      select flags from attendance_days where employee_id = ${person.id} and date = ${closed.date}`;
    return row && !row.flags.includes('AUTO_CLOSED') && !row.flags.includes('OPEN');
  });
}, 400_000);
