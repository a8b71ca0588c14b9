import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { autoCheckOut } from '../../src/verbs/corrections/auto-check-out.ts';
import { rebuildDays } from '../../src/verbs/rebuild-days.ts';
import { checkIn, checkOut } from '../harness.ts';
import { shiftType } from '../rosters/fixture.ts';
import { ann, at, comes, date, drain, early, goes, hr, off, roster, sessions, site, told, world } from './support.ts';

describe('sessions follow the days', () => {
  it('also where the day believes another check-in', async () => {
    const night = await shiftType(world.sql, { name: `Night ${v7()}`, start: '22:00', end: '06:00' });
    await roster([night]);
    expect(await comes('21:10:00')).toMatchObject({ shift: { id: night }, late: 10 });
    at('07:00:00', '2026-11-19');
    const added = { change: 'add', type: 'IN', occurredAt: '2026-11-19T00:00:00Z', reason: 'Was seen coming at one' };
    const body = { employeeId: ann.actor.id, ...added };
    expect((await hr.send('POST', '/api/attendance/corrections', { body })).status).toBe(201);
    await drain();
    expect((await sessions()).map(({ late, flags }) => [late, flags])).toEqual([
      [0, ['MISSING_CHECK_OUT']],
      [180, []],
    ]);
    const summary = `/api/attendance/summary?from=${date}&to=${date}`;
    expect((await ann.send('GET', summary)).body).toMatchObject({ lateMinutes: 180 });
  });

  it('when a roster is published after the check-in, and when it is taken back', async () => {
    expect(told(await comes('05:12:00'))).toEqual(off);
    await drain();
    await roster([early]);
    const late = { late: 12, lateReason: '12 minutes after 06:00, more than the 5 minutes of grace' };
    expect((await sessions()).map(told)).toEqual([{ ...off, shift: 'Early', ...late }]);
    expect(told(await goes('12:00:00'))).toMatchObject({ shift: 'Early', late: 12, earlyExit: 60 });
    await roster([]);
    expect((await sessions()).map(told)).toEqual([off]);
  });

  it('when somebody comes back: who left the last time left early', async () => {
    await roster([early]);
    await comes('05:00:00');
    expect(told(await goes('09:00:00'))).toMatchObject({ earlyExit: 240 });
    await comes('09:30:00');
    await drain();
    expect((await sessions()).map(told)).toEqual(Array(2).fill({ ...off, shift: 'Early' }));
    await goes('12:30:00');
    await drain();
    expect((await sessions()).map(({ earlyExit }) => earlyExit)).toEqual([0, 30]);
  });

  it('when a correction moves a check-in across the grace, either way', async () => {
    await roster([early]);
    await comes('05:06:00');
    await goes('13:00:00');
    await drain();
    const [fact] = await world.sql`select id from punches where employee_id = ${ann.actor.id} and type = 'IN'`;
    const correct = async (targetId: string, time: string) => {
      const body = {
        ...{ employeeId: ann.actor.id, change: 'replace', targetId, type: 'IN' },
        ...{ occurredAt: `${date}T${time}Z`, reason: 'The clock at the gate' },
      };
      const answer = await hr.send('POST', '/api/attendance/corrections', { body });
      expect(answer.status).toBe(201);
      await drain();
      return answer.body.id;
    };
    const next = await correct(fact?.id, '05:05:00');
    expect((await sessions()).map(told)).toMatchObject([
      { shift: 'Early', late: 5, lateReason: '5 minutes after 06:00, within the 5 minutes of grace' },
    ]);
    await correct(next, '05:20:00');
    expect((await sessions()).map(told)).toMatchObject([
      { shift: 'Early', late: 20, lateReason: '20 minutes after 06:00, more than the 5 minutes of grace' },
    ]);
  });

  it('when a device brings punches hours later', async () => {
    await roster([early]);
    const punches = [
      { clientId: v7(), type: 'IN', occurredAt: `${date}T05:08:00Z` },
      { clientId: v7(), type: 'OUT', occurredAt: `${date}T12:50:00Z` },
    ];
    at('15:00:00');
    const body = { sentAt: `${date}T15:00:00Z`, punches };
    expect((await ann.send('POST', '/api/attendance/punches/sync', { body })).status).toBe(200);
    await drain();
    expect((await sessions()).map(told)).toMatchObject([{ shift: 'Early', late: 8, earlyExit: 10 }]);
  });

  it('of a night shift through the clocks’ change, whose second half is another local date', async () => {
    const night = await shiftType(world.sql, { name: `Night ${v7()}`, start: '22:00', end: '06:00' });
    world.clock.set('2026-10-24T15:00:00Z');
    await roster([night], '2026-10-24');
    at('20:10:00', '2026-10-24');
    expect((await checkIn(ann)).body).toMatchObject({ date: '2026-10-24', late: 10 });
    at('00:30:00', '2026-10-25');
    await checkOut(ann);
    at('01:30:00', '2026-10-25');
    expect((await checkIn(ann)).body).toMatchObject({ date: '2026-10-25', late: 0, shift: { id: night } });
    at('04:45:00', '2026-10-25');
    expect((await checkOut(ann)).body).toMatchObject({
      earlyExit: 15,
      earlyExitReason: '15 minutes before 06:00',
    });
    await drain();
    expect((await sessions()).map(({ late, earlyExit }) => [late, earlyExit])).toEqual([
      [10, 0],
      [0, 15],
    ]);
  });

  it('and an automatic check-out is nobody leaving early', async () => {
    const closing = await shiftType(world.sql, {
      ...{ name: `Closing ${v7()}`, start: '06:00', end: '14:00', autoClose: { by: 'FIXED', time: '13:00' } },
    });
    await roster([closing]);
    await comes('05:30:00');
    await drain();
    at('13:00:00');
    expect(await autoCheckOut(world.deps)).toBe(1);
    expect(await sessions()).toMatchObject([{ status: 'closed', late: 30, earlyExit: 0 }]);
    // Who leaves after all is asked when that was.
    expect(await goes('13:05:00')).toMatchObject({ status: 'closed', earlyExit: 0, late: 30 });
  });

  it('a closed month keeps what its days say', async () => {
    await roster([early]);
    await comes('05:12:00');
    await goes('13:00:00');
    await drain();
    world.clock.set('2026-12-02T09:00:00Z');
    const month = '/api/attendance/months/2026-11';
    expect((await hr.send('POST', `${month}/lock`, { body: { siteId: site } })).status).toBe(200);
    await roster([]);
    expect((await sessions()).map(told)).toMatchObject([{ shift: 'Early', late: 12 }]);
    await hr.send('POST', `${month}/unlock`, { body: { siteId: site, reason: 'A wrong roster' } });
    await drain();
    expect((await sessions()).map(told)).toEqual([off]);
  });

  it('and a full rebuild comes to the same', async () => {
    await roster([early]);
    await comes('05:12:00');
    await goes('12:00:00');
    await drain();
    const before = await sessions();
    expect(before.map(told)).toMatchObject([{ late: 12, earlyExit: 60 }]);
    await world.sql`update attendance_sessions set shift_id = null, shift_name = null, shift_date = null, late_minutes = 0,
      early_exit_minutes = 3, early_exit_before = now() where employee_id = ${ann.actor.id}`;
    await rebuildDays(world.deps);
    expect(await sessions()).toEqual(before);
  });
});
