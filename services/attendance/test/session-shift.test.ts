import { isUniqueViolation, withTransaction } from '@muster/db';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AttendanceDay } from '../src/domain/days/index.ts';
import type { Session } from '../src/domain/session.ts';
import { findOpenSessions } from '../src/sql/find-open-sessions.ts';
import { autoCheckOut } from '../src/verbs/corrections/auto-check-out.ts';
import { rebuildDays } from '../src/verbs/rebuild-days.ts';
import { recomputeDays } from '../src/verbs/recompute-days.ts';
import { rebuildSessions } from '../src/verbs/sync/rebuild-sessions.ts';
import { punch } from './corrections/facts.ts';
import { type Client, checkIn, checkOut, createWorld, type World } from './harness.ts';
import { publish, shiftType } from './roster-fixture.ts';

// Berlin is an hour ahead of UTC on these days.
const date = '2026-11-18';
let world: World;
let site: string;
let hr: Client;
let ann: Client;
let early: string;
beforeAll(async () => {
  world = await createWorld({ now: `${date}T04:30:00Z` });
  hr = await world.person({ role: 'hr' });
  early = await shiftType(world.sql, {
    ...{ name: 'Early', start: '06:00', end: '14:00', lateGraceMinutes: 5, earlyGraceMinutes: 5 },
  });
});
afterAll(() => world.drop());
beforeEach(async () => {
  world.clock.set(`${date}T04:30:00Z`);
  site = await world.site('Europe/Berlin');
  ann = await world.person({ at: site });
});

const drain = async (): Promise<void> => {
  while ((await recomputeDays(world.deps)) > 0);
};
const queue = (id = ann.actor.id, from = date, to = from) =>
  world.sql`insert into day_queue (employee_id, from_date, to_date) values (${id}, ${from}, ${to})`;
/** Publishes shifts of a date, as far as the days' worker. */
async function roster(shifts: string[], on = date, who = ann): Promise<void> {
  await publish(world.sql, who.actor.id, on, shifts);
  await queue(who.actor.id, on);
  await drain();
}
const at = (time: string, on = date): void => world.clock.set(`${on}T${time}Z`);
const comes = async (time: string, who = ann) => {
  at(time);
  return (await checkIn(who)).body;
};
const goes = async (time: string, who = ann) => {
  at(time);
  return (await checkOut(who)).body;
};
const sessions = async (who = ann) =>
  (await who.send('GET', '/api/attendance?limit=50')).body.data.toReversed() as Record<string, unknown>[];
const told = ({ shift, late, lateReason, earlyExit, earlyExitReason }: Record<string, unknown>) => ({
  ...{ shift: (shift as { name: string } | null)?.name ?? null },
  ...{ late, lateReason, earlyExit, earlyExitReason },
});
const inTime = { late: 0, lateReason: null, earlyExit: 0, earlyExitReason: null };
const off = { shift: null, ...inTime };
const xmins = async () =>
  (
    await world.sql`select xmin::text as x from attendance_sessions where employee_id = ${ann.actor.id} order by id`
  ).map(({ x }) => x);

describe('the door', () => {
  it.each([
    ['05:05:59', 5, '5 minutes after 06:00, within the 5 minutes of grace'],
    ['05:06:00', 6, '6 minutes after 06:00, more than the 5 minutes of grace'],
  ])('answers which shift, and how late: %s', async (time, late, lateReason) => {
    await roster([early]);
    const answer = await comes(time);
    expect(answer).toMatchObject({ shift: { id: early, name: 'Early' }, late, lateReason, earlyExit: 0 });
    const { occurredAtSource: _, ...session } = answer;
    expect((await ann.send('GET', '/api/attendance/today')).body).toEqual(session);
    expect((await ann.send('GET', `/api/attendance/${answer.id}`)).body).toEqual(session);
    expect(await sessions()).toEqual([session]);
    // What the door wrote the days' worker has nothing to add to.
    const before = await xmins();
    await drain();
    expect(await xmins()).toEqual(before);
    expect((await ann.send('GET', `/api/attendance/summary?from=${date}&to=${date}`)).body).toMatchObject({
      lateMinutes: late,
    });
  });

  it('answers how early somebody leaves, and a break and a retry tell the same', async () => {
    await roster([early]);
    const headers = { 'idempotency-key': 'in' };
    at('05:12:00');
    const came = await checkIn(ann, { headers });
    expect(told(came.body)).toMatchObject({ shift: 'Early', late: 12 });
    at('08:00:00');
    expect((await checkIn(ann, { headers })).body).toEqual(came.body);
    const rest = await ann.send('POST', '/api/attendance/breaks/start');
    expect(told(rest.body)).toEqual(told(came.body));
    at('12:54:30');
    const left = await checkOut(ann, { headers: { 'idempotency-key': 'out' } });
    expect(told(left.body)).toMatchObject({
      ...{ shift: 'Early', late: 12, earlyExit: 5 },
      earlyExitReason: '5 minutes before 14:00, within the 5 minutes of grace',
    });
    at('13:00:00');
    expect((await checkOut(ann, { headers: { 'idempotency-key': 'out' } })).body).toEqual(left.body);
    expect((await checkIn(ann, { headers })).body).toEqual(came.body);
    const before = await xmins();
    await drain();
    expect(await xmins()).toEqual(before);
  });

  it('tells nobody’s shift to another, and decides about each of a flight by itself', async () => {
    const people = await Promise.all(Array.from({ length: 9 }, () => world.person({ at: site })));
    for (const who of people.slice(0, 6)) await publish(world.sql, who.actor.id, date, [early]);
    for (const who of people) await queue(who.actor.id);
    await drain();
    for (const who of people.slice(0, 3)) {
      await comes('05:01:00', who);
      await goes('07:00:00', who);
    }
    at('07:10:00');
    const answers = await Promise.all(people.map((who) => checkIn(who)));
    expect(answers.map(({ body }) => [body.shift?.name ?? null, body.late])).toEqual([
      ...Array(3).fill(['Early', 0]),
      ...Array(3).fill(['Early', 130]),
      ...Array(3).fill([null, 0]),
    ]);
  });

  it('knows nothing before the plans are there, and lets everybody in', async () => {
    await roster([early]);
    await world.sql`update live_plans set door = '[]'`;
    expect(told(await comes('05:30:00'))).toEqual(off);
    await queue();
    await drain();
    expect((await sessions()).map(told)).toMatchObject([{ shift: 'Early', late: 30 }]);
    // Nor does a plan that is gone take away what is known.
    await world.sql`delete from live_plans`;
    expect(told(await goes('10:00:00'))).toMatchObject({ shift: 'Early', late: 30, earlyExit: 0 });
    expect((await sessions()).map(told)).toMatchObject([{ shift: 'Early', late: 30, earlyExit: 0 }]);
  });
});

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

describe('the worker and the door', () => {
  it('the worker waits for nobody who is at the door, and comes back to them', async () => {
    await comes('05:12:00');
    await drain();
    await publish(world.sql, ann.actor.id, date, [early]);
    await queue();
    let queued = 0;
    await withTransaction(world.sql, async (tx) => {
      await tx`select from attendance_sessions where employee_id = ${ann.actor.id} for update`;
      // Were it to wait this would never come back.
      expect(await recomputeDays(world.deps)).toBe(1);
      queued = (await world.sql`select from day_queue where employee_id = ${ann.actor.id}`).length;
    });
    expect(queued).toBe(1);
    expect((await sessions()).map(told)).toEqual([off]);
    await drain();
    expect((await sessions()).map(told)).toMatchObject([{ shift: 'Early', late: 12 }]);
  });

  it('a check-out closes the session it read, also when the worker was there in between', async () => {
    await comes('05:12:00');
    const open = async (): Promise<Session | undefined> =>
      (await findOpenSessions(world.sql, [ann.actor.id])).get(ann.actor.id);
    const before = await open();
    await roster([early]);
    expect(await open()).toMatchObject({ version: before?.version, late: { minutes: 12 } });
    expect((await goes('13:00:00')).status).toBe('closed');
    expect((await sessions()).map(told)).toMatchObject([{ shift: 'Early', late: 12, earlyExit: 0 }]);
  });

  it('boards hear nothing of what only the door needs', async () => {
    const type = await shiftType(world.sql, { name: `Flexible ${v7()}`, start: '06:00', end: '14:00' });
    await roster([type]);
    const news = async () =>
      (
        await world.sql`select from outbox where type = 'attendance.board-changed.v1' and payload::text like ${`%${ann.actor.id}%`}`
      ).length;
    const before = await news();
    await world.sql`update shift_type_versions set definition = definition || '{"earlyGraceMinutes":15}' where shift_type_id = ${type}`;
    await queue();
    await drain();
    expect(await news()).toBe(before);
    await comes('05:00:00');
    expect(await goes('12:50:00')).toMatchObject({
      earlyExitReason: '10 minutes before 14:00, within the 15 minutes of grace',
    });
    await world.sql`update shift_type_versions set definition = definition || '{"lateGraceMinutes":15}' where shift_type_id = ${type}`;
    await queue();
    await drain();
    expect(await news()).toBe(before + 1);
  });
});

let seed = 7;
const random = (below: number): number => {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return (seed >>> 8) % below;
};

describe('whatever happens', () => {
  it('once the queue is drained sessions say what the days say', async () => {
    const shifts = [
      early,
      await shiftType(world.sql, { name: `Late ${v7()}`, start: '14:00', end: '22:00', lateGraceMinutes: 10 }),
      await shiftType(world.sql, { name: `Night ${v7()}`, start: '22:00', end: '06:00' }),
    ];
    const plans = [[0], [1], [2], [0, 1], []].map((ones) => ones.map((i) => shifts[i] as string));
    const people = await Promise.all(Array.from({ length: 12 }, () => world.person({ at: site })));
    const dates = ['2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20'];
    let nowMs = Date.parse('2026-11-17T04:00:00Z');
    const actor = { id: v7(), name: 'Gate', role: 'kiosk' as const };
    const steps: ((who: Client) => Promise<unknown>)[] = [
      (who) => checkIn(who),
      (who) => checkOut(who),
      (who) => checkIn(who),
      (who) => checkOut(who),
      async (who) => {
        const on = dates[random(dates.length)] as string;
        await publish(world.sql, who.actor.id, on, plans[random(plans.length)] as string[]);
        await queue(who.actor.id, on);
      },
      // Punches of a device, up to half a day old.
      async (who) => {
        const instant = new Date(nowMs - random(12 * 60) * 60_000).toISOString();
        const type = random(2) === 0 ? 'IN' : 'OUT';
        await bring(who, async (tx) => punch(tx, { employeeId: who.actor.id, siteId: site }, type, instant), instant);
      },
      // A correction of a punch of theirs.
      async (who) => {
        const facts = await world.sql<{ id: string; at: Date; type: string }[]>`
          select id, occurred_at as at, type from punches where employee_id = ${who.actor.id} order by occurred_at, id`;
        const fact = facts[random(Math.max(1, facts.length))];
        if (!fact) return;
        const to = new Date(fact.at.getTime() + (random(61) - 30) * 60_000);
        const isVoid = random(4) === 0;
        await bring(
          who,
          (tx) => tx`
            insert into corrections (id, employee_id, change, target_id, type, occurred_at, decided_at, decided_by)
            values (${v7()}, ${who.actor.id}, ${isVoid ? 'void' : 'replace'}, ${fact.id}, ${isVoid ? null : fact.type},
              ${isVoid ? null : to}, ${new Date(nowMs)}, ${hr.actor.id})`,
          new Date(Math.min(fact.at.getTime(), to.getTime())).toISOString(),
        );
      },
      () => recomputeDays(world.deps, 1 + random(5)),
    ];
    const bring = (
      who: Client,
      write: (tx: Parameters<Parameters<typeof withTransaction>[1]>[0]) => Promise<unknown>,
      since: string,
    ) =>
      withTransaction(world.sql, async (tx) => {
        await write(tx);
        await rebuildSessions(tx, world.deps, actor, [{ employeeId: who.actor.id, fromMs: Date.parse(since) }]);
      }).catch((error) => {
        if (!isUniqueViolation(error)) throw error;
      });

    for (let round = 0; round < 150; round++) {
      nowMs += random(50) * 60_000;
      world.clock.set(new Date(nowMs).toISOString());
      await Promise.all(
        Array.from({ length: 4 }, () => steps[random(steps.length)]?.(people[random(people.length)] as Client)),
      );
    }
    await drain();

    const rows = await world.sql<{ inId: string; shiftId: string | null; late: number; early: number }[]>`
      select check_in_punch_id as "inId", shift_id as "shiftId", late_minutes as late, early_exit_minutes as early
      from attendance_sessions where employee_id = any(${people.map(({ actor: { id } }) => id)}::uuid[])`;
    const days = await world.sql<{ day: string; late: number; early: number }[]>`
      select day, late_minutes as late, early_exit_minutes as early from attendance_days
      where employee_id = any(${people.map(({ actor: { id } }) => id)}::uuid[])`;
    const known = new Map(rows.map((row) => [row.inId, row]));
    let [late, left, matched] = [0, 0, 0];
    for (const one of days) {
      const { stays, shifts: ofDay } = JSON.parse(one.day) as AttendanceDay;
      const there = stays.flatMap(({ inId }) => known.get(inId) ?? []);
      if (there.length < stays.length) continue;
      matched += stays.length;
      expect(there.reduce((sum, row) => sum + row.late, 0)).toBe(one.late);
      expect(there.reduce((sum, row) => sum + row.early, 0)).toBe(one.early);
      for (const { inId, shiftId } of stays) {
        const ids = ofDay.map((shift) => shift.shiftId);
        if (shiftId === null) expect([null, ...ids]).toContain(known.get(inId)?.shiftId);
        else expect(known.get(inId)?.shiftId).toBe(shiftId);
      }
      late += one.late;
      left += one.early;
    }
    // Nothing is proven by days on which nothing happened, nor by sessions that no day knows.
    expect(matched).toBeGreaterThan(rows.length * 0.9);
    expect(rows.length).toBeGreaterThan(60);
    expect(late).toBeGreaterThan(0);
    expect(left).toBeGreaterThan(0);
  }, 60_000);
});
