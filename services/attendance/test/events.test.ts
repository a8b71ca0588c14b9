import { fileURLToPath } from 'node:url';
import { type EventData, type EventType, systemActor } from '@muster/contracts';
import { migrate, newEvent } from '@muster/db';
import { redeliver, requestJson, silentLog } from '@muster/testing';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appApiToken, checkIn, checkOut, createWorld, type World } from './harness.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

type Draft<T extends EventType> = Omit<EventData<T>, 'id' | 'actor' | 'occurredAt'>;
const event = <T extends EventType>(type: T, data: Draft<T>) =>
  newEvent(type, { actor: systemActor, occurredAt: '2026-11-20T08:00:00Z', ...data } as never).envelope;
const deliver = (envelope: object) =>
  requestJson(world.app, 'POST', '/events/employee', { body: envelope, headers: { 'dapr-api-token': appApiToken } });

const site = (zone: string) => ({
  name: 'Mill',
  zone,
  geofence: { latitude: 1, longitude: 2, radiusM: 50 },
  ipAllowList: ['10.0.0.0/8'],
});
const person = (siteId: string, fields: object = {}) => ({
  email: 'ann@example.test',
  name: 'Ann',
  role: 'employee' as const,
  position: null,
  workId: null,
  department: null,
  siteId,
  managerId: null,
  hiredOn: null,
  status: 'active' as const,
  ...fields,
});

describe('employee events', () => {
  it('make the site and the person a check-in counts at', async () => {
    const ann = await world.person();
    const siteId = v7();
    const created = event('employee.employee-created.v1', {
      version: 1,
      employeeId: ann.actor.id,
      after: person(siteId),
    });
    expect((await deliver(created)).body).toEqual({ status: 'SUCCESS' });
    // The site's own event is late: its id is known, its zone is borrowed.
    expect((await checkIn(ann)).body).toMatchObject({ siteId, zone: 'Europe/Berlin' });
    await checkOut(ann);
    await deliver(event('employee.site-created.v1', { version: 1, siteId, after: site('Asia/Kolkata') }));
    expect((await checkIn(ann)).body).toMatchObject({ siteId, zone: 'Asia/Kolkata' });
  });

  it('may come twice, at once, and in any order: the newest stands', async () => {
    const bob = await world.person();
    const [one, two] = [v7(), v7()];
    const employeeId = bob.actor.id;
    const versions = [
      event('employee.employee-created.v1', { version: 1, employeeId, after: person(one) }),
      event('employee.employee-updated.v1', {
        version: 2,
        employeeId,
        before: person(one),
        after: person(two, { managerId: one, department: 'Mill' }),
        changedFields: ['siteId'],
      }),
      event('employee.employee-deleted.v1', {
        version: 3,
        employeeId,
        before: person(two),
        after: person(two, { status: 'deleted' }),
      }),
      event('employee.employee-restored.v1', { version: 4, employeeId, before: person(two), after: person(two) }),
    ];
    for (const order of [
      [3, 2, 1, 0],
      [1, 3, 0, 2],
    ]) {
      await world.sql`delete from people where id = ${employeeId}`;
      await world.sql`delete from inbox`;
      for (const index of order) await redeliver(deliver, versions[index] as object, 3);
      const [row] = await world.sql`select site_id, status, version from people where id = ${employeeId}`;
      expect(row).toEqual({ site_id: two, status: 'active', version: 4 });
    }
    expect((await world.sql`select from inbox`).length).toBe(4);
  });

  it('close the door to a deleted person and open it again', async () => {
    const cat = await world.person();
    const siteId = v7();
    const base = { employeeId: cat.actor.id, before: person(siteId) };
    await deliver(
      event('employee.employee-deleted.v1', { version: 2, ...base, after: person(siteId, { status: 'deleted' }) }),
    );
    expect(await checkIn(cat)).toMatchObject({ status: 403 });
    await deliver(
      event('employee.employee-created.v1', { version: 1, employeeId: cat.actor.id, after: person(siteId) }),
    );
    expect(await checkIn(cat)).toMatchObject({ status: 403 });
    await deliver(event('employee.employee-restored.v1', { version: 3, ...base, after: person(siteId) }));
    expect(await checkIn(cat)).toMatchObject({ status: 201 });
  });

  it('keep a deleted site’s zone, whatever order its events come in', async () => {
    const siteId = v7();
    const gone = event('employee.site-deleted.v1', { version: 3, siteId, before: site('Pacific/Apia') });
    const moved = event('employee.site-updated.v1', {
      version: 2,
      siteId,
      before: site('Asia/Kolkata'),
      after: site('Pacific/Apia'),
    });
    for (const one of [gone, moved]) await redeliver(deliver, one);
    const [row] =
      await world.sql`select zone, deleted, version, geofence, ip_allow_list from sites where id = ${siteId}`;
    expect(row).toEqual({
      zone: 'Pacific/Apia',
      deleted: true,
      version: 3,
      geofence: { latitude: 1, longitude: 2, radiusM: 50 },
      ip_allow_list: ['10.0.0.0/8'],
    });
  });

  it('that change nothing here are noted all the same, so that nobody sends them for ever', async () => {
    const photo = event('employee.photo-updated.v1', { version: 9, employeeId: v7(), photoVersion: '1' });
    await redeliver(deliver, photo);
    const { body } = await requestJson(world.app, 'POST', '/internal/inbox/missing', {
      body: { ids: [photo.id] },
      headers: { 'dapr-api-token': appApiToken },
    });
    expect(body).toEqual({ missing: [] });
  });

  it('are taken from the sidecar only, and what cannot be parsed goes to the dead letters', async () => {
    const siteId = v7();
    const forged = event('employee.site-created.v1', { version: 99, siteId, after: site('UTC') });
    expect(await requestJson(world.app, 'POST', '/events/employee', { body: forged })).toMatchObject({ status: 403 });
    expect((await world.sql`select from sites where id = ${siteId}`).length).toBe(0);
    expect((await deliver({ ...forged, data: { nonsense: true } })).body).toEqual({ status: 'DROP' });
  });
});

describe('migrations', () => {
  it('find nothing to do the second time', async () => {
    const folder = fileURLToPath(new URL('../migrations', import.meta.url));
    expect(await migrate({ sql: world.sql, folder, log: silentLog })).toEqual([]);
  });
});
