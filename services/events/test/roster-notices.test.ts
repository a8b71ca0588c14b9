import { type TestDatabase, testDatabase } from '@muster/testing';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { envelope, registered } from './support/events.ts';
import { migrations, testService } from './support/service.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ folder: migrations });
});
afterAll(() => database.drop());

const roster = { rosterId: v7(), siteId: v7(), from: '2026-11-23', to: '2026-11-29' };
const told = async (type: string) =>
  (await database.sql`select user_id, title from notifications where type = ${type} order by user_id`).map(
    ({ user_id, title }) => [user_id, title],
  );

it('a published roster is told to everybody whose shifts changed, once, and to nobody else', async () => {
  const service = testService(database.sql);
  const [a, b, other] = [v7(), v7(), v7()];
  for (const id of [a, b, other]) await service.deliver(registered(id, 'employee'));
  const published = envelope('attendance.roster-published.v1', { ...roster, employeeIds: [a, b] });
  const ofNobody = envelope('attendance.roster-published.v1', { ...roster, employeeIds: [] });
  for (const event of [published, ofNobody, published]) await service.deliver(event);
  const title = 'Your shifts were published';
  expect(await told('attendance.roster-published')).toEqual([a, b].sort().map((id) => [id, title]));
});

it('an assignment is told to the person', async () => {
  const service = testService(database.sql);
  const [employeeId, assignmentId] = [v7(), v7()];
  await service.deliver(registered(employeeId, 'employee'));
  const assignment = { assignmentId, employeeId, shiftTypeId: v7(), rotationId: null, from: '2026-11-23', to: null };
  const kinds = ['shift-assigned', 'shift-assignment-changed', 'shift-assignment-removed'] as const;
  for (const kind of kinds) {
    await service.deliver(envelope(`attendance.${kind}.v1`, { ...assignment, kind: 'ASSIGNMENT' }));
    expect((await told(`attendance.${kind}`)).map(([id]) => id)).toEqual([employeeId]);
  }
});

it('an open shift is told to who may pick it up; one that named nobody tells nobody', async () => {
  const service = testService(database.sql);
  const [a, b, other] = [v7(), v7(), v7()];
  for (const id of [a, b, other]) await service.deliver(registered(id, 'employee'));
  const times = { startsAt: '2026-11-23T05:00:00.000Z', endsAt: '2026-11-23T13:00:00.000Z' };
  const shift = { openShiftId: v7(), siteId: v7(), date: '2026-11-23', shiftId: v7(), ...times, places: 2 };
  const [posted, old] = [{ ...shift, employeeIds: [a, b] }, shift].map((data) =>
    envelope('attendance.open-shift-posted.v1', data),
  );
  for (const event of [posted, old, posted]) if (event) await service.deliver(event);
  const title = 'There is an open shift you can pick up';
  expect(await told('attendance.open-shift-posted')).toEqual([a, b].sort().map((id) => [id, title]));
});
