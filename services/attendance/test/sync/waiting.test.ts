import { eventSchemas } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { knownUntil } from '../../src/domain/sync/known-until.ts';
import { watermarkSource } from '../../src/sources/watermark-source.ts';
import { recomputeDays } from '../../src/verbs/recompute-days.ts';
import { at, berlin, day, gate, outbox, punch, start, statuses, sync, world } from './support.ts';

describe('punches that wait', () => {
  const path = '/api/attendance/punches/held';
  it('are seen by whoever decides about the person, and settled by one of them', async () => {
    const boss = await world.person({ role: 'manager', at: berlin });
    const [hr, other] = [await world.person({ role: 'hr' }), await world.person({ role: 'manager' })];
    const ann = await world.person({ at: berlin, managerId: boss.actor.id });
    const old = Array.from({ length: 3 }, (_, i) => punch('IN', `2026-01-0${i + 1}T08:00:00Z`));
    expect(await statuses(sync(ann, old))).toEqual(Array(3).fill('conflict too_old'));
    const told = (await outbox(ann)).filter(({ type }) => type === 'attendance.punch-held.v1');
    expect(told).toHaveLength(1);
    expect(eventSchemas['attendance.punch-held.v1'].parse(told[0]?.data).heldPunchIds).toHaveLength(3);
    for (const who of [ann, boss, hr]) {
      const { body } = await who.send('GET', `${path}?employeeId=${ann.actor.id}&limit=2`);
      expect(body.data).toHaveLength(2);
      expect(
        (await who.send('GET', `${path}?employeeId=${ann.actor.id}&cursor=${body.meta.nextCursor}`)).body.data,
      ).toHaveLength(1);
    }
    expect((await other.send('GET', `${path}?employeeId=${ann.actor.id}`)).body.data).toEqual([]);
    expect((await other.send('GET', path)).body.data).toEqual([]);
    expect((await gate.send('GET', path)).status).toBe(403);
    const [first] = (await boss.send('GET', path)).body.data;
    expect(first).toMatchObject({ employeeId: ann.actor.id, reason: 'too_old', skewMs: 0 });
    const dismiss = `${path}/${first.id}/dismiss`;
    expect((await ann.send('POST', dismiss)).status).toBe(403);
    expect((await other.send('POST', dismiss)).status).toBe(404);
    const answers = await Promise.all([boss, hr, boss, hr].map((who) => who.send('POST', dismiss)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404, 404]);
    expect((await boss.send('GET', path)).body.data).toHaveLength(2);
  });
});

describe('a site’s watermark', () => {
  it.each<[string, number | null, number, number]>([
    ['no kiosk that syncs: the clock', null, 48, 0],
    ['as far as the slowest told', -3_600_000, 48, -3_600_000],
    ['never longer ago than the site waits', -49 * 3_600_000, 48, -48 * 3_600_000],
    ['at the limit', -48 * 3_600_000, 48, -48 * 3_600_000],
    ['a site that does not wait', -3_600_000, 0, 0],
    ['never the future', 60_000, 48, 0],
  ])('%s', (_what, completeMs, lagHours, expected) => {
    const now = Date.parse(start);
    expect(knownUntil(now, completeMs === null ? null : now + completeMs, lagHours) - now).toBe(expected);
  });

  it('holds absences back until every kiosk has told everything, and not longer than the site waits', async () => {
    const site = await world.site('Europe/Berlin');
    const ann = await world.person({ at: site });
    const [north, south] = [await world.kiosk(site), await world.kiosk(site)];
    const marks = async (): Promise<number | undefined> => {
      const range = [{ employeeId: ann.actor.id, from: day, to: day }];
      const known = await watermarkSource(world.sql, range, world.clock.now().epochMilliseconds);
      return known.get(ann.actor.id)?.knownUntilMs;
    };
    expect(await marks()).toBeUndefined();
    await sync(north, [], { completeUntil: at('11:59') });
    expect(await marks()).toBe(Date.parse(at('11:59')));
    await sync(south, [], { completeUntil: at('08:00') });
    expect(await marks()).toBe(Date.parse(at('08:00')));
    await sync(south, [], { completeUntil: at('07:00') });
    expect(await marks()).toBe(Date.parse(at('08:00')));
    await sync(south, [], { completeUntil: at('13:30'), sentAt: at('13:00') });
    expect(await marks()).toBe(Date.parse(at('11:59')));
    await sync(ann, [], { completeUntil: at('01:00') });
    expect(await marks()).toBe(Date.parse(at('11:59')));
    world.clock.advance({ hours: 7 * 24 });
    expect(await marks()).toBe(world.clock.now().epochMilliseconds - 48 * 3_600_000);
    world.clock.advance({ minutes: 1 });
    expect(await marks()).toBeUndefined();
  });

  it('a day that waits for a kiosk is not derived in a circle, and settles once it has told', async () => {
    const site = await world.site('Europe/Berlin');
    const ann = await world.person({ at: site });
    const north = await world.kiosk(site);
    world.clock.set('2026-11-20T20:00:00Z');
    await sync(
      north,
      [punch('IN', at('08:00'), { employeeId: ann.actor.id }), punch('OUT', at('16:00'), { employeeId: ann.actor.id })],
      {
        sentAt: '2026-11-20T20:00:00Z',
        completeUntil: at('16:00'),
      },
    );
    world.clock.set('2026-11-21T09:00:00Z');
    const passes = async (): Promise<number> => {
      let count = 0;
      while (count < 20 && (await recomputeDays(world.deps)) > 0) count++;
      return count;
    };
    expect(await passes()).toBeLessThan(20);
    const settled = async () =>
      (await world.sql`select settled from attendance_days where employee_id = ${ann.actor.id}`)[0]?.settled;
    expect(await settled()).toBe(false);
    await sync(north, [], { sentAt: '2026-11-21T09:00:00Z', completeUntil: '2026-11-21T09:00:00Z' });
    await passes();
    expect(await settled()).toBe(true);
  });
});
