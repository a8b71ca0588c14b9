import { setTimeout as sleep } from 'node:timers/promises';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type DaySources, nothingPlanned } from '../../src/day-sources.ts';
import { deriveEventfulDays, type PlannedShift, plainRules } from '../../src/domain/days/index.ts';
import { datesBetween } from '../../src/domain/days/wall-time.ts';
import { startDaysWorker } from '../../src/jobs/start-days-worker.ts';
import { listDays } from '../../src/sql/list-days.ts';
import { readRecords } from '../../src/verbs/read-records.ts';
import { rebuildDays } from '../../src/verbs/rebuild-days.ts';
import { recomputeDays } from '../../src/verbs/recompute-days.ts';
import { checkIn, checkOut, createWorld, type World } from '../harness.ts';
import { dayShift } from './scenario.ts';

const zone = 'Europe/Berlin';
const night = { ...dayShift, id: v7(), start: '22:00', end: '06:00', lateGraceMinutes: 5 };

/** Everybody works at night, through the night on which the clocks go forward. */
const nights: DaySources = async (_db, ranges, nowMs) =>
  new Map(
    ranges.map(({ employeeId }) => [
      employeeId,
      {
        joinedOn: null,
        leftOn: null,
        shifts: ['2026-03-26', '2026-03-27', '2026-03-28', '2026-03-29'].map(
          (date): PlannedShift => ({ date, zone, shift: night, source: 'ASSIGNMENT' }),
        ),
        leave: [],
        holidays: [],
        approvals: [],
        rules: plainRules,
        knownUntilMs: nowMs,
      },
    ]),
  );

let world: World;
let site: string;
beforeAll(async () => {
  world = await createWorld({ now: '2026-04-02T12:00:00Z' });
  site = await world.site(zone);
});
afterAll(() => world.drop());

const deps = () => ({ ...world.deps, daySources: nights });
const drain = async (limit?: number): Promise<void> => {
  while ((await recomputeDays(deps(), limit)) > 0);
};
const stored = () => world.sql<{ day: string }[]>`select * from attendance_days order by employee_id, date`;

const types = ['IN', 'OUT', 'BREAK_START', 'BREAK_END'];
const fromMs = Date.parse('2026-03-26T18:00:00Z');
let seed = 42;
const random = (below: number): number => {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return (seed >>> 8) % below;
};

/** A punch of chance; returns its id. */
async function punch(employeeId: string): Promise<string> {
  const id = v7();
  const at = new Date(fromMs + random(4 * 288) * 300_000);
  const date = Temporal.Instant.from(at.toISOString()).toZonedDateTimeISO(zone).toPlainDate().toString();
  await world.sql`
    insert into punches (id, employee_id, attendance_id, site_id, occurred_at, received_at, local_date, utc_offset_minutes,
      type, source, zone)
    values (${id}, ${employeeId}, ${v7()}, ${site}, ${at}, ${at}, ${date}, 60, ${types[random(4)] ?? 'IN'},
      ${random(8) === 0 ? 'auto' : 'kiosk'}, ${zone})`;
  return id;
}

/** A punch on the date its UTC text begins with. */
const add = (employeeId: string, id: string, type: string, at: string) => world.sql`
  insert into punches (id, employee_id, attendance_id, site_id, occurred_at, received_at, local_date, utc_offset_minutes,
    type, source, zone)
  values (${id}, ${employeeId}, ${v7()}, ${site}, ${at}, ${at}, ${at.slice(0, 10)}, 60, ${type}, 'kiosk', ${zone})`;

async function correct(employeeId: string, targetId: string): Promise<string> {
  const id = v7();
  const change = (['add', 'replace', 'void'] as const)[random(3)] ?? 'add';
  const brings = change !== 'void';
  await world.sql`
    insert into corrections (id, employee_id, change, target_id, type, occurred_at, decided_at, decided_by)
    values (${id}, ${employeeId}, ${change}, ${change === 'add' ? null : targetId}, ${brings ? (types[random(4)] ?? 'IN') : null},
      ${brings ? new Date(fromMs + random(4 * 288) * 300_000) : null}, ${new Date(fromMs + random(9) * 1000)}, ${v7()})`;
  return id;
}

describe('stored days', () => {
  it('are the same bytes whether two processes follow the facts or all is rebuilt', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => world.person({ at: site })));
    let writing = true;
    const follow = async (): Promise<void> => {
      while (writing) if ((await recomputeDays(deps(), 3)) === 0) await sleep(1);
    };
    const write = async (employeeId: string): Promise<void> => {
      const facts: string[] = [];
      for (let i = 0; i < 25; i++) {
        const target = facts[random(facts.length + 1)];
        facts.push(target && random(3) === 0 ? await correct(employeeId, target) : await punch(employeeId));
      }
    };
    const writers = Promise.all(people.map(({ actor }) => write(actor.id))).then(() => {
      writing = false;
    });
    await Promise.all([writers, follow(), follow(), follow()]);
    await drain();
    const incremental = await stored();
    expect(incremental.length).toBeGreaterThan(people.length * 3);

    await world.sql`delete from attendance_days`;
    expect(await rebuildDays(deps(), 2)).toBe(people.length);
    expect(await stored()).toEqual(incremental);

    // And what is stored is what the pure function says about everything that is known.
    const ranges = people.map(({ actor }) => ({ employeeId: actor.id, from: '2026-03-20', to: '2026-04-02' }));
    const records = await readRecords(world.sql, deps(), ranges);
    for (const [employeeId, record] of records)
      expect(await listDays(world.sql, employeeId, '2026-03-20', '2026-04-02')).toEqual(
        deriveEventfulDays(record, '2026-03-20', '2026-04-02'),
      );
  });

  it('are the same however facts far apart are split over statements, where weekends are days of their own', async () => {
    const weekends: DaySources = async (_db, ranges, nowMs) =>
      new Map(
        ranges.map(({ employeeId, from, to }) => [
          employeeId,
          {
            ...{ ...nothingPlanned, knownUntilMs: nowMs },
            holidays: datesBetween(from, to)
              .filter((date) => Temporal.PlainDate.from(date).dayOfWeek > 5)
              .map((date) => ({ id: date, date, name: 'Weekend', kind: 'WEEKLY_OFF' as const })),
          },
        ]),
      );
    const whole = { ...world.deps, daySources: weekends };
    const follow = async (): Promise<void> => {
      while ((await recomputeDays(whole)) > 0);
    };
    const [one, other] = await Promise.all([world.person({ at: site }), world.person({ at: site })]);
    const at = ['2026-02-02T08:00:00Z', '2026-03-06T08:00:00Z'];
    for (const occurredAt of at) {
      await add(one.actor.id, v7(), 'IN', occurredAt);
      await follow();
    }
    await world.sql`
      insert into punches (id, employee_id, attendance_id, site_id, occurred_at, received_at, local_date, utc_offset_minutes,
        type, source, zone)
      select gen_random_uuid(), ${other.actor.id}, gen_random_uuid(), ${site}, at, at, at::date, 60, 'IN', 'kiosk', ${zone}
      from unnest(${at}::timestamptz[]) as facts (at)`;
    await follow();
    const datesOf = async ({ actor }: typeof one) =>
      (await listDays(world.sql, actor.id, '2026-01-01', '2026-04-02')).map(({ date, status }) => `${date} ${status}`);
    const dates = await datesOf(one);
    expect(dates).toContain('2026-03-07 WEEKLY_OFF');
    expect(dates).not.toContain('2026-02-14 WEEKLY_OFF');
    expect(await datesOf(other)).toEqual(dates);
    await rebuildDays(whole);
    expect([await datesOf(one), await datesOf(other)]).toEqual([dates, dates]);
    await world.sql`delete from punches where employee_id in (${one.actor.id}, ${other.actor.id})`;
    await world.sql`delete from attendance_days where employee_id in (${one.actor.id}, ${other.actor.id})`;
  });

  it('follow a correction to the day it takes a punch away from', async () => {
    const ann = await world.person({ at: site });
    const employeeId = ann.actor.id;
    const [inId, outId, corrected] = [v7(), v7(), v7()];
    await add(employeeId, inId, 'IN', '2026-02-02T08:00:00Z');
    await add(employeeId, outId, 'OUT', '2026-02-02T16:00:00Z');
    await drain();
    const sums = () => world.sql`
      select date::text, worked_ms from attendance_days where employee_id = ${employeeId} and date < '2026-03-01' order by date`;
    expect([...(await sums())]).toEqual([{ date: '2026-02-02', worked_ms: 8 * 3_600_000 }]);
    await world.sql`
      insert into corrections (id, employee_id, change, target_id, type, occurred_at, decided_at, decided_by)
      values (${corrected}, ${employeeId}, 'replace', ${inId}, 'IN', '2026-02-20T08:00:00Z', '2026-02-21T08:00:00Z', ${v7()})`;
    await drain();
    expect([...(await sums())]).toEqual([
      { date: '2026-02-02', worked_ms: 0 },
      { date: '2026-02-20', worked_ms: 0 },
    ]);
    await world.sql`
      insert into corrections (id, employee_id, change, target_id, decided_at, decided_by)
      values (${v7()}, ${employeeId}, 'void', ${corrected}, '2026-02-22T08:00:00Z', ${v7()})`;
    await drain();
    expect([...(await sums())]).toEqual([{ date: '2026-02-02', worked_ms: 8 * 3_600_000 }]);
  });

  it('follow a correction through everything that was said about the same punch before', async () => {
    const ann = await world.person({ at: site });
    const employeeId = ann.actor.id;
    const [punchId, first, second, last] = [v7(), v7(), v7(), v7()];
    const replace = async (id: string, targetId: string, at: string, decidedAt: string) => {
      await world.sql`
        insert into corrections (id, employee_id, change, target_id, type, occurred_at, decided_at, decided_by)
        values (${id}, ${employeeId}, 'replace', ${targetId}, 'IN', ${at}, ${decidedAt}, ${v7()})`;
      await drain();
      return (await stored())
        .map(({ day }) => JSON.parse(day))
        .filter((day) => day.employeeId === employeeId && day.stays.length > 0)
        .map(({ date, conflicts }) => [date, conflicts.length]);
    };
    await add(employeeId, punchId, 'IN', '2026-01-05T08:00:00Z');
    expect(await replace(first, punchId, '2026-01-25T08:00:00Z', '2026-02-01T08:00:00Z')).toEqual([['2026-01-25', 0]]);
    expect(await replace(second, first, '2026-03-05T08:00:00Z', '2026-02-02T08:00:00Z')).toEqual([['2026-03-05', 0]]);
    // Another manager says otherwise about the punch itself: the day of the second correction loses it.
    expect(await replace(last, punchId, '2026-02-14T08:00:00Z', '2026-02-03T08:00:00Z')).toEqual([['2026-02-14', 1]]);
  });

  it('never go back to what a slower process read before', async () => {
    const ann = await world.person({ at: site });
    const employeeId = ann.actor.id;
    await drain();
    const read = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const slow: DaySources = async (...asked) => {
      // The facts are read by now.
      read.resolve();
      await goOn.promise;
      return nights(...asked);
    };
    await add(employeeId, v7(), 'IN', '2026-03-10T08:00:00Z');
    const first = recomputeDays({ ...deps(), daySources: slow });
    await read.promise;
    await add(employeeId, v7(), 'OUT', '2026-03-10T16:00:00Z');
    let done = false;
    const second = recomputeDays(deps()).then(() => {
      done = true;
    });
    // Until the second has written, or waits for the first.
    await vi.waitFor(async () => {
      const [row] = await world.sql`
        select count(*)::int as waiting from pg_locks l join pg_database d on d.oid = l.database
        where d.datname = current_database() and locktype = 'advisory' and not granted`;
      expect(done || row?.waiting > 0).toBe(true);
    }, 20_000);
    goOn.resolve();
    await Promise.all([first, second]);
    await drain();
    const [day] = await listDays(world.sql, employeeId, '2026-03-10', '2026-03-10');
    expect(day).toMatchObject({ workedMs: 8 * 3_600_000 });
  });

  it('settle when time has passed, without a new fact', async () => {
    const other = await createWorld({ now: '2026-03-27T21:00:00Z' });
    try {
      const at = await other.site(zone);
      const ann = await other.person({ at });
      const run = async (): Promise<void> => {
        while ((await recomputeDays({ ...other.deps, daySources: nights })) > 0);
      };
      await checkIn(ann);
      await run();
      const status = async () =>
        (await other.sql`select status, due_at from attendance_days where date = '2026-03-27'`)[0];
      expect(await status()).toMatchObject({ status: 'IN_PROGRESS', due_at: new Date('2026-03-28T06:00:00Z') });
      other.clock.set('2026-03-28T05:00:00Z');
      await checkOut(ann);
      await run();
      other.clock.set('2026-03-28T06:00:00Z');
      await run();
      expect(await status()).toMatchObject({ status: 'IN_PROGRESS' });
      // Nothing is queued any more: from here on it is time alone.
      other.clock.set('2026-03-28T06:00:00.001Z');
      await run();
      expect(await status()).toMatchObject({ status: 'PRESENT', due_at: null });
    } finally {
      await other.drop();
    }
  });

  it('are followed by the worker of every process, also after something failed', async () => {
    const ann = await world.person({ at: site });
    let failures = 2;
    const shaky: DaySources = (...asked) => (failures-- > 0 ? Promise.reject(new Error('away')) : nights(...asked));
    const workers = [1, 2].map(() => startDaysWorker({ ...deps(), daySources: shaky }, { idleMs: 5 }));
    await punch(ann.actor.id);
    await vi.waitFor(
      async () => expect(await listDays(world.sql, ann.actor.id, '2026-03-20', '2026-04-02')).not.toEqual([]),
      { timeout: 20_000 },
    );
    await Promise.all(workers.map((worker) => worker.stop()));
  });

  it('lose no queued day when deriving fails half-way', async () => {
    const ann = await world.person({ at: site });
    await punch(ann.actor.id);
    const broken = { ...deps(), daySources: () => Promise.reject(new Error('away')) };
    await expect(recomputeDays(broken)).rejects.toThrow('away');
    await drain();
    expect(await listDays(world.sql, ann.actor.id, '2026-03-20', '2026-04-02')).not.toEqual([]);
  });
});
