import { requestJson } from '@muster/testing';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { checkIn, checkOut } from '../harness.ts';
import { at, berlin, facts, gate, lisbon, punch, start, statuses, sync, world } from './support.ts';

describe('a kiosk brings punches of people of its site', () => {
  it('and vouches for them, which is marked; a code that was good then is better', async () => {
    const ann = await world.person({ at: berlin });
    world.clock.set(at('07:00'));
    const { qr } = (await ann.send('GET', '/api/attendance/qr')).body;
    world.clock.set(start);
    const employeeId = ann.actor.id;
    const { body } = await sync(gate, [
      punch('IN', at('07:00'), { employeeId, qr }),
      punch('OUT', at('11:00'), { employeeId }),
      punch('IN', at('11:30'), { employeeId, qr }),
    ]);
    expect(body.results.map((one: { flags: string[]; reason: string }) => [one.flags, one.reason])).toEqual([
      [[], null],
      [['VOUCHED_BY_KIOSK'], null],
      [[], 'invalid_qr'],
    ]);
    expect((await facts(ann)).map(({ device_id }) => device_id)).toEqual([gate.actor.id, gate.actor.id]);
    expect((await ann.send('GET', '/api/attendance/today')).body.flags).toEqual(['VOUCHED_BY_KIOSK']);
  });

  it('somebody else’s code is no proof', async () => {
    const [ann, bob] = [await world.person({ at: berlin }), await world.person({ at: berlin })];
    const { qr } = (await bob.send('GET', '/api/attendance/qr')).body;
    expect(await statuses(sync(gate, [punch('IN', start, { employeeId: ann.actor.id, qr })]))).toEqual([
      'rejected invalid_qr',
    ]);
    expect(await statuses(sync(gate, [punch('IN', start, { employeeId: ann.actor.id, qr: 'MQ1.x' })]))).toEqual([
      'rejected invalid_qr',
    ]);
  });

  it('of nobody else: another site, unknown and unnamed are one answer', async () => {
    const far = await world.person({ at: lisbon });
    const ids = [far.actor.id, v7(), undefined];
    expect(
      await statuses(
        sync(
          gate,
          ids.map((employeeId) => punch('IN', at('07:00'), employeeId === undefined ? {} : { employeeId })),
        ),
      ),
    ).toEqual(Array(3).fill('rejected not_of_this_site'));
    expect(await facts(far)).toHaveLength(0);
  });

  it('is a device with a site, not a person with the role', async () => {
    const login = await world.person({ role: 'kiosk', at: berlin });
    expect(await sync(login, [])).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await requestJson(world.app, 'POST', '/api/attendance/punches/sync', { body: {} })).status).toBe(401);
  });
});

describe('the door', () => {
  it('knows what was brought: nobody comes twice, and who came offline leaves online', async () => {
    const ann = await world.person({ at: berlin });
    await sync(gate, [punch('IN', at('07:00'), { employeeId: ann.actor.id })]);
    expect((await checkIn(ann)).body.code).toBe('already_checked_in');
    expect((await checkOut(ann)).body).toMatchObject({ workedMinutes: 300 });
    const types = (
      await world.sql`select type from outbox where payload->'data'->>'employeeId' = ${ann.actor.id} order by seq`
    ).map(({ type }) => type);
    expect(types).toEqual(['attendance.checked-in.v1', 'attendance.checked-out.v1']);
  });
});
