import { eventSchemas } from '@muster/contracts';
import { type SyncPunch, syncAnswer } from '@muster/contracts/http/attendance';
import { requestJson, tokenFor } from '@muster/testing';
import { v4, v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { knownUntil } from '../src/domain/sync/known-until.ts';
import { watermarkSource } from '../src/sources/watermark-source.ts';
import { recomputeDays } from '../src/verbs/recompute-days.ts';
import { shuffled } from './days/random-record.ts';
import { type Client, checkIn, checkOut, createWorld, type World } from './harness.ts';

const start = '2026-11-20T12:00:00.000Z';
const day = '2026-11-20';
const minute = 60_000;
let world: World;
let berlin: string;
let lisbon: string;
let gate: Client;
beforeAll(async () => {
  world = await createWorld({ now: start });
  berlin = await world.site('Europe/Berlin');
  lisbon = await world.site('Europe/Lisbon');
  gate = await world.kiosk(berlin);
});
afterAll(() => world.drop());
afterEach(() => world.clock.set(start));

type Punch = Partial<Omit<SyncPunch, 'clientId'>> & { clientId?: string };
const at = (time: string): string => `${day}T${time}:00.000Z`;
const punch = (type: SyncPunch['type'], occurredAt: string, more: Punch = {}) => ({
  clientId: v4(),
  type,
  occurredAt,
  ...more,
});
const sync = (who: Client, punches: object[], more: object = {}, app = world.app) =>
  tokenFor(who.actor).then((token) =>
    requestJson(app, 'POST', '/api/attendance/punches/sync', { token, body: { sentAt: start, punches, ...more } }),
  );
const statuses = async (answer: ReturnType<typeof sync>): Promise<string[]> => {
  const { status, body } = await answer;
  expect(status).toBe(200);
  expect(syncAnswer.parse(body)).toEqual(body);
  return body.results.map((one: { status: string; reason: string | null }) =>
    one.reason === null ? one.status : `${one.status} ${one.reason}`,
  );
};
const facts = (who: Client) =>
  world.sql`select id, type, occurred_at, claimed_at, source, device_id, client_id, flags from punches where employee_id = ${who.actor.id} order by occurred_at, id`;
const outbox = (who: Client) =>
  world.sql`select type, payload->'data' as data from outbox where payload->'data'->'actor'->>'id' = ${who.actor.id} order by seq`;

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

describe('a device’s clock', () => {
  const skewed = async (skewMs: number, who?: Client) => {
    const ann = who ?? (await world.person({ at: berlin }));
    const shift = (text: string): string => new Date(Date.parse(text) + skewMs).toISOString();
    const door = await world.kiosk(berlin);
    const one = punch('IN', shift(at('07:00')), { employeeId: ann.actor.id });
    const answer = await sync(door, [one], { sentAt: shift(start) });
    return { ann, door, one, shift, result: answer.body.results[0], body: answer.body };
  };

  it.each<[string, number, string, string[]]>([
    ['a minute ahead is within the tolerance', 60_000, at('07:01'), ['VOUCHED_BY_KIOSK']],
    ['more is taken off', 60_001, at('07:00'), ['CLOCK_CORRECTED', 'VOUCHED_BY_KIOSK']],
    ['a minute behind is within the tolerance', -60_000, at('06:59'), ['VOUCHED_BY_KIOSK']],
    ['more is added', -60_001, at('07:00'), ['CLOCK_CORRECTED', 'VOUCHED_BY_KIOSK']],
    ['a day off is still believed', 86_400_000, at('07:00'), ['CLOCK_CORRECTED', 'VOUCHED_BY_KIOSK']],
  ])('%s', async (_what, skewMs, occurredAt, flags) => {
    const { ann, result, body } = await skewed(skewMs);
    expect(result).toMatchObject({ status: 'accepted', occurredAt, flags });
    expect(body).toMatchObject({ skewMs, corrected: flags.includes('CLOCK_CORRECTED') });
    const [fact] = await facts(ann);
    expect(fact?.claimed_at.getTime()).toBe(Date.parse(at('07:00')) + skewMs);
    const [call] = await world.sql`
      select skew_ms, applied_ms, believed from sync_calls where id = (select sync_id from punches where id = ${fact?.id})`;
    expect(call).toEqual({ skew_ms: skewMs, applied_ms: flags.length === 2 ? skewMs : 0, believed: true });
  });

  it('farther off is not believed: its punches wait, visible and never lost, and count once it is right', async () => {
    const { ann, door, one, result } = await skewed(86_400_001);
    expect(result).toMatchObject({ status: 'conflict', reason: 'clock_not_believed', punchId: null });
    expect(await facts(ann)).toHaveLength(0);
    expect(await world.sql`select reason, settled_at from held_punches where employee_id = ${ann.actor.id}`).toEqual([
      { reason: 'clock_not_believed', settled_at: null },
    ]);
    expect(
      await statuses(sync(door, [one], { sentAt: new Date(Date.parse(start) + 86_400_001).toISOString() })),
    ).toEqual(['conflict clock_not_believed']);
    world.clock.set(new Date(Date.parse(start) + 86_400_001).toISOString());
    expect(
      await statuses(sync(door, [one], { sentAt: new Date(Date.parse(start) + 86_400_001).toISOString() })),
    ).toEqual(['accepted']);
    const [row] = await world.sql`select settled_at from held_punches where employee_id = ${ann.actor.id}`;
    expect(row?.settled_at).not.toBeNull();
    const told = (await outbox(door)).map(({ type }) => type);
    expect(told.filter((type) => type === 'attendance.punch-held.v1')).toHaveLength(1);
  });

  it('measured otherwise the next time makes neither a second fact nor another time', async () => {
    const { ann, door, one } = await skewed(10 * minute);
    const before = await facts(ann);
    for (const sentAt of [start, at('13:00'), '2026-12-24T00:00:00Z'])
      expect(await statuses(sync(door, [one], { sentAt }))).toEqual(['duplicate']);
    expect(await facts(ann)).toEqual(before);
  });

  it('is taken as before while the way of a message is all that differs', async () => {
    const { ann, door, shift } = await skewed(10 * minute);
    const sentAt = new Date(Date.parse(start) + 10 * minute - 45_000).toISOString();
    await sync(door, [punch('OUT', shift(at('08:00')), { employeeId: ann.actor.id })], { sentAt });
    expect((await facts(ann)).map(({ occurred_at }) => occurred_at.toISOString())).toEqual([at('07:00'), at('08:00')]);
  });

  it('nobody moves that of somebody else’s device', async () => {
    const { door } = await skewed(10 * minute);
    const eve = await world.person({ at: berlin });
    await sync(eve, [punch('IN', at('07:00'), { deviceId: door.actor.id })], { sentAt: at('12:20') });
    const rows = await world.sql`select skew_ms from sync_devices where owner_id = ${door.actor.id}`;
    expect(rows).toEqual([{ skew_ms: 10 * minute }]);
  });

  it.each<[string, string, string]>([
    ['a minute ahead of ours', '2026-11-20T12:01:00.000Z', 'accepted'],
    ['later than that', '2026-11-20T12:01:00.001Z', 'rejected in_future'],
    ['62 days ago', '2026-09-19T12:00:00.000Z', 'accepted'],
    ['before that', '2026-09-19T11:59:59.999Z', 'conflict too_old'],
  ])('a punch %s', async (_what, occurredAt, status) => {
    const ann = await world.person({ at: berlin });
    expect(await statuses(sync(ann, [punch('IN', occurredAt)]))).toEqual([status]);
  });
});

/** What is derived of a person, without ids of devices. */
async function derived(who: Client) {
  while ((await recomputeDays(world.deps)) > 0);
  const days = await world.sql`select date, day from attendance_days where employee_id = ${who.actor.id} order by date`;
  const sessions = await world.sql`
    select id, check_in_punch_id, check_out_punch_id, check_in_at, check_out_at, date, flags, break_since, auto_closed
    from attendance_sessions where employee_id = ${who.actor.id} order by id`;
  const ids = (await facts(who)).map(({ id }) => id);
  return { days, sessions, ids };
}
const types: SyncPunch['type'][] = ['IN', 'OUT', 'IN', 'OUT', 'BREAK_START', 'BREAK_END'];

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

describe('any order, repetition and split, over two processes at once', () => {
  it('are the same facts, sessions and days, byte for byte', async () => {
    const processes = [world.app, world.another()] as const;
    for (let seed = 1; seed <= 12; seed++) {
      const ann = await world.person({ at: berlin });
      const punches = Array.from({ length: 24 }, (_, i) =>
        punch(
          types[(seed * 7 + i * 5) % types.length] ?? 'IN',
          new Date(Date.parse('2026-11-16T00:00:00Z') + ((seed * 104_729 + i * 7_919) % 6000) * minute).toISOString(),
        ),
      );
      await sync(ann, punches);
      const whole = await derived(ann);
      for (const table of ['punches', 'attendance_sessions', 'attendance_days'])
        await world.sql`delete from ${world.sql(table)} where employee_id = ${ann.actor.id}`;
      const mixed = shuffled([...punches, ...punches.slice(0, 12)], seed);
      const parts = [mixed.slice(0, 9), mixed.slice(5, 20), mixed.slice(18), shuffled(mixed, seed + 1).slice(0, 11)];
      const all = await Promise.all(parts.map((part, i) => statuses(sync(ann, part, {}, processes[i % 2]))));
      expect(all.flat().filter((status) => status === 'accepted')).toHaveLength(24);
      expect(await derived(ann)).toEqual(whole);
    }
  });

  it('however many sessions a day has', async () => {
    const ann = await world.person({ at: berlin });
    const punches = Array.from({ length: 800 }, (_, i) =>
      punch(i % 2 === 0 ? 'IN' : 'OUT', new Date(Date.parse(at('00:00')) + i * 40_000).toISOString()),
    );
    for (const part of [punches.slice(700), punches.slice(0, 700), [punch('IN', at('11:00'))]])
      expect(await statuses(sync(ann, part))).toEqual(Array(part.length).fill('accepted'));
    const [row] = await world.sql`
      select count(*)::int as sessions, count(*) filter (where check_out_at is null)::int as open
      from attendance_sessions where employee_id = ${ann.actor.id}`;
    expect(row).toEqual({ sessions: 401, open: 1 });
  });

  it('a thousand of a hundred people in one call, and again', async () => {
    const people = await Promise.all(Array.from({ length: 100 }, () => world.person({ at: berlin })));
    const punches = people.flatMap(({ actor: { id: employeeId } }, i) =>
      Array.from({ length: 10 }, (_, n) =>
        punch(
          n % 2 === 0 ? 'IN' : 'OUT',
          new Date(Date.parse(at('00:00')) + (n * 60 + (i % 50)) * minute).toISOString(),
          {
            employeeId,
          },
        ),
      ),
    );
    expect(await statuses(sync(gate, shuffled(punches, 5)))).toEqual(Array(1000).fill('accepted'));
    expect(await statuses(sync(gate, punches))).toEqual(Array(1000).fill('duplicate'));
    const [row] = await world.sql`
      select count(*)::int as sessions, count(*) filter (where check_out_at is null)::int as open
      from attendance_sessions where employee_id = any(${people.map(({ actor }) => actor.id)}::uuid[])`;
    expect(row).toEqual({ sessions: 500, open: 0 });
  });
});
