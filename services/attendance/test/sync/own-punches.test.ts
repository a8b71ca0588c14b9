import { eventSchemas } from '@muster/contracts';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { at, berlin, facts, outbox, punch, statuses, sync, world } from './support.ts';

describe('a person brings punches of their own', () => {
  it('they are facts, the session of the day, and one event of the call', async () => {
    const ann = await world.person({ at: berlin });
    const deviceId = v7();
    const punches = [
      punch('OUT', at('11:00'), { deviceId, notes: 'tunnel' }),
      punch('IN', at('07:00'), { deviceId }),
      punch('BREAK_START', at('09:00')),
      punch('BREAK_END', at('09:30')),
    ];
    expect(await statuses(sync(ann, punches))).toEqual(Array(4).fill('accepted'));
    expect((await facts(ann)).map(({ type, source }) => `${type} ${source}`)).toEqual([
      'IN offline',
      'BREAK_START offline',
      'BREAK_END offline',
      'OUT offline',
    ]);
    expect((await ann.send('GET', '/api/attendance/today')).body).toMatchObject({
      checkInAt: at('07:00'),
      checkOutAt: at('11:00'),
      source: 'offline',
      workedMinutes: 240,
    });
    const rows = await outbox(ann);
    expect(rows.map(({ type }) => type)).toEqual(['attendance.punches-synced.v1']);
    expect(eventSchemas['attendance.punches-synced.v1'].parse(rows[0]?.data)).toMatchObject({
      accepted: 4,
      siteId: berlin,
      deviceId,
      from: at('07:00'),
      to: at('11:00'),
      employeeIds: [ann.actor.id],
      skewMs: 0,
    });
  });

  it('again, in another order and company, they are the same facts, and nothing is told', async () => {
    const ann = await world.person({ at: berlin });
    const punches = [punch('IN', at('07:00')), punch('OUT', at('11:00'))];
    await sync(ann, punches);
    const before = await facts(ann);
    expect(await statuses(sync(ann, [...punches].reverse()))).toEqual(['duplicate', 'duplicate']);
    expect(await statuses(sync(ann, [punches[0], punch('IN', at('11:30')), punches[0]] as object[]))).toEqual([
      'duplicate',
      'accepted',
      'duplicate',
    ]);
    expect((await facts(ann)).slice(0, 2)).toEqual(before);
    expect(await outbox(ann)).toHaveLength(3);
  });

  it('the same id for something else is told, and changes nothing', async () => {
    const ann = await world.person({ at: berlin });
    const first = punch('IN', at('07:00'));
    const other = { ...first, type: 'OUT' };
    expect(await statuses(sync(ann, [first, other, first]))).toEqual([
      'accepted',
      'conflict other_content',
      'duplicate',
    ]);
    expect(await statuses(sync(ann, [{ ...first, notes: 'no' }]))).toEqual(['conflict other_content']);
    expect(await facts(ann)).toHaveLength(1);
  });

  it('of one instant in other words it is the same', async () => {
    const ann = await world.person({ at: berlin });
    const first = punch('IN', '2026-11-20T08:00:00+01:00');
    await sync(ann, [first]);
    expect(await statuses(sync(ann, [{ ...first, occurredAt: at('07:00') }]))).toEqual(['duplicate']);
  });

  it('but nobody else’s, and not after they were deleted', async () => {
    const ann = await world.person({ at: berlin });
    const bob = await world.person({ at: berlin });
    expect(await statuses(sync(ann, [punch('IN', at('07:00'), { employeeId: bob.actor.id })]))).toEqual([
      'rejected not_of_this_site',
    ]);
    await world.sql`update people set status = 'deleted' where id = ${ann.actor.id}`;
    expect(await statuses(sync(ann, [punch('IN', at('07:00'))]))).toEqual(['rejected deleted_person']);
    expect(await facts(bob)).toHaveLength(0);
  });

  it('who is not projected yet counts at the default site', async () => {
    const ann = await world.person();
    expect(await statuses(sync(ann, [punch('IN', at('07:00')), punch('OUT', at('08:00'))]))).toEqual([
      'accepted',
      'accepted',
    ]);
  });

  it('a punch that contradicts a correction is kept, counted by decision, and told as a conflict', async () => {
    const ann = await world.person({ at: berlin });
    await world.sql`
      insert into corrections (id, employee_id, change, type, occurred_at, decided_at, decided_by)
      values (${v7()}, ${ann.actor.id}, 'add', 'IN', ${at('09:00')}, now(), ${v7()})`;
    const one = punch('IN', at('08:00'));
    expect(await statuses(sync(ann, [one]))).toEqual(['conflict contradicts']);
    expect(await facts(ann)).toHaveLength(1);
    expect(await statuses(sync(ann, [one]))).toEqual(['duplicate']);
  });

  it.each<[string, object]>([
    ['no time of sending', { sentAt: undefined }],
    ['a strange field', { more: 1 }],
    ['a thousand and one', { punches: Array.from({ length: 1001 }, () => punch('IN', at('07:00'))) }],
    ['no id', { punches: [{ type: 'IN', occurredAt: at('07:00') }] }],
    ['a strange type', { punches: [punch('COFFEE' as 'IN', at('07:00'))] }],
    ['a time that is none', { punches: [punch('IN', 'yesterday')] }],
    ['a year nobody lives in', { punches: [punch('IN', '1999-12-31T23:59:59Z')] }],
    ['half a place', { punches: [punch('IN', at('07:00'), { latitude: 1 })] }],
  ])('with %s is refused as a whole', async (_what, more) => {
    const ann = await world.person({ at: berlin });
    expect(await sync(ann, [punch('IN', at('07:00'))], more)).toMatchObject({
      status: 400,
      body: { code: 'invalid_input' },
    });
    expect(await facts(ann)).toHaveLength(0);
  });
});
