import { isUniqueViolation, withTransaction } from '@muster/db';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { AttendanceDay } from '../../src/domain/days/index.ts';
import { recomputeDays } from '../../src/verbs/recompute-days.ts';
import { rebuildSessions } from '../../src/verbs/sync/rebuild-sessions.ts';
import { punch } from '../corrections/facts.ts';
import { type Client, checkIn, checkOut } from '../harness.ts';
import { publish, shiftType } from '../rosters/fixture.ts';
import { drain, early, hr, queue, site, world } from './support.ts';

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
        await rebuildSessions(tx, world.deps, actor, [
          { employeeId: who.actor.id, fromMs: Date.parse(since), untilMs: Number.POSITIVE_INFINITY },
        ]);
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
