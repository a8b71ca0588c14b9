import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expireSwaps } from '../../src/verbs/swaps/expire-swaps.ts';
import { type Client, createWorld, type World } from '../harness.ts';
import { assign, eventsOf, onLeave, publish, rosterOf, shiftType } from '../rosters/fixture.ts';

let w: World;
let site: string;
let [early, late, night] = ['', '', ''];
beforeAll(async () => {
  w = await createWorld({ now: '2026-03-20T09:00:00Z' });
  site = await w.site('Europe/Berlin');
  early = await shiftType(w.sql, { name: 'Early', start: '06:00', end: '14:00' });
  late = await shiftType(w.sql, { name: 'Late', start: '14:00', end: '22:00' });
  night = await shiftType(w.sql, { name: 'Night', start: '22:00', end: '06:00' });
});
afterAll(() => w.drop());

const path = '/api/rosters/swaps';
/** A manager, and two people below them. */
async function team() {
  const boss = await w.person({ role: 'manager', at: site });
  const managerId = boss.actor.id;
  const [ann, bob] = [await w.person({ at: site, managerId }), await w.person({ at: site, managerId })];
  return { boss, ann, bob };
}
const ask = (who: Client, to: Client, offered: object, wanted?: object, more: object = {}) =>
  who.send('POST', path, { body: { colleagueId: to.actor.id, offered, ...(wanted && { wanted }), ...more } });
const act = (who: Client, id: string, verb: string, body?: object) =>
  who.send('POST', `${path}/${id}/${verb}`, body === undefined ? {} : { body });
const on = (date: string, shiftId: string) => ({ date, shiftId });
const roster = ({ actor }: Client) => rosterOf(w.sql, actor.id, '2026-03-20', '2026-04-10');
const told = async (id: string) =>
  (await eventsOf(w.sql, 'attendance.swap-%'))
    .filter(({ data }) => data.swapId === id)
    .map(({ type, data }) => [type.slice('attendance.swap-'.length, -3), data.employeeIds]);

/** Ann's night of the 28th for Bob's early of the 30th, agreed upon. */
async function agreed() {
  const { boss, ann, bob } = await team();
  await publish(w.sql, ann.actor.id, '2026-03-28', [night]);
  await publish(w.sql, bob.actor.id, '2026-03-30', [early]);
  const { status, body } = await ask(ann, bob, on('2026-03-28', night), on('2026-03-30', early));
  expect(status).toBe(201);
  expect((await act(bob, body.id, 'accept')).status).toBe(200);
  return { boss, ann, bob, id: body.id as string };
}

describe('a swap', () => {
  it('asked, accepted and approved changes both rosters, queues their days, and tells whom it concerns', async () => {
    const { boss, ann, bob } = await team();
    await publish(w.sql, ann.actor.id, '2026-03-21', [night]);
    await publish(w.sql, bob.actor.id, '2026-03-22', [early]);
    const asked = await ask(ann, bob, on('2026-03-21', night), on('2026-03-22', early), { note: 'please' });
    expect(asked.status).toBe(201);
    expect(asked.headers.get('location')).toBe(`${path}/${asked.body.id}`);
    expect(asked.body).toMatchObject({
      status: 'OFFERED',
      version: 1,
      offered: { name: 'Night', startsAt: '2026-03-21T21:00:00.000Z', endsAt: '2026-03-22T05:00:00.000Z' },
      wanted: { name: 'Early', startsAt: '2026-03-22T05:00:00.000Z' },
      expiresAt: '2026-03-21T21:00:00.000Z',
      note: 'please',
    });
    const { id } = asked.body;
    expect((await act(bob, id, 'accept')).body).toMatchObject({ status: 'ACCEPTED', version: 2 });
    expect(await roster(ann)).toEqual([`2026-03-21 ${night}`]);
    await w.sql`delete from day_queue`;
    const approved = await act(boss, id, 'approve', { reason: 'fine' });
    expect(approved.body).toMatchObject({ status: 'APPROVED', version: 3, reason: 'fine', decidedBy: boss.actor.id });
    expect(await roster(ann)).toEqual([`2026-03-22 ${early}`]);
    expect(await roster(bob)).toEqual([`2026-03-21 ${night}`]);
    const queued = await w.sql`select employee_id as id, from_date as from, to_date as to from day_queue order by seq`;
    expect(new Set(queued.map(({ id: one }) => one))).toEqual(new Set([ann.actor.id, bob.actor.id]));
    for (const { from, to } of queued) expect([from <= '2026-03-21', to >= '2026-03-22']).toEqual([true, true]);
    expect((await w.sql`select site_id from headcount_queue`).map((row) => row.site_id)).toContain(site);
    expect(await told(id)).toEqual([
      ['asked', [bob.actor.id]],
      ['accepted', [ann.actor.id]],
      ['approved', [ann.actor.id, bob.actor.id]],
    ]);
    expect(JSON.stringify(await eventsOf(w.sql, 'attendance.swap-%'))).not.toContain('please');
  });

  it('as a gift takes a shift from one and gives it to the other, of a rotation, too', async () => {
    const { boss, ann, bob } = await team();
    await assign(w.sql, ann.actor.id, early, '2026-03-01');
    const { body } = await ask(ann, bob, on('2026-03-25', early));
    await act(bob, body.id, 'accept');
    expect((await act(boss, body.id, 'approve')).status).toBe(200);
    expect(await roster(bob)).toEqual([`2026-03-25 ${early}`]);
    const mine = await roster(ann);
    expect(mine).not.toContain(`2026-03-25 ${early}`);
    expect(mine).toContain(`2026-03-24 ${early}`);
    expect(mine).toContain(`2026-03-26 ${early}`);
  });

  it('of split shifts moves one and leaves the other', async () => {
    const { boss, ann, bob } = await team();
    await publish(w.sql, ann.actor.id, '2026-03-25', [early, night]);
    const { body } = await ask(ann, bob, on('2026-03-25', night));
    await act(bob, body.id, 'accept');
    await act(boss, body.id, 'approve');
    expect(await roster(ann)).toEqual([`2026-03-25 ${early}`]);
    expect(await roster(bob)).toEqual([`2026-03-25 ${night}`]);
  });

  it('may be declined, withdrawn and rejected, and then nothing more', async () => {
    for (const [who, verb, status] of [
      ['bob', 'decline', 'DECLINED'],
      ['ann', 'cancel', 'CANCELLED'],
      ['boss', 'reject', 'REJECTED'],
    ] as const) {
      const all = await agreed();
      expect((await act(all[who], all.id, verb)).body.status).toBe(status);
      for (const [other, next] of [
        ['bob', 'accept'],
        ['bob', 'decline'],
        ['ann', 'cancel'],
        ['boss', 'approve'],
        ['boss', 'reject'],
      ] as const)
        expect([verb, next, (await act(all[other], all.id, next)).status]).toEqual([verb, next, 409]);
      expect(await roster(all.ann)).toEqual([`2026-03-28 ${night}`]);
    }
  });

  it('waits for both before a manager', async () => {
    const { boss, ann, bob } = await team();
    await publish(w.sql, ann.actor.id, '2026-03-28', [night]);
    const { body } = await ask(ann, bob, on('2026-03-28', night));
    expect((await act(boss, body.id, 'approve')).status).toBe(409);
    expect(await roster(bob)).toEqual([]);
  });

  it('the same request again gets the same answer, another one under its key 422, another request 409', async () => {
    const { ann, bob } = await team();
    await publish(w.sql, ann.actor.id, '2026-03-28', [night]);
    const headers = { 'idempotency-key': 'swap-1' };
    const body = { colleagueId: bob.actor.id, offered: on('2026-03-28', night) };
    const [one, two] = [
      await ann.send('POST', path, { body, headers }),
      await ann.send('POST', path, { body, headers }),
    ];
    expect([one.status, two.body]).toEqual([201, one.body]);
    expect((await ann.send('POST', path, { body: { ...body, note: 'x' }, headers })).status).toBe(422);
    expect((await ann.send('POST', path, { body })).status).toBe(409);
  });
});

describe('refused', () => {
  it('what one does not have, what has begun, whom one does not work with', async () => {
    const { ann, bob } = await team();
    const far = await w.person({ at: await w.site('Asia/Kolkata') });
    const gone = await w.person({ at: site });
    await w.sql`update people set status = 'deleted' where id = ${gone.actor.id}`;
    await publish(w.sql, ann.actor.id, '2026-03-20', [early, night]);
    await publish(w.sql, ann.actor.id, '2026-03-28', [night]);
    const statuses = [
      await ask(ann, bob, on('2026-03-28', early)),
      await ask(ann, bob, on('2026-03-29', night)),
      await ask(ann, bob, on('2026-03-20', early)),
      await ask(ann, far, on('2026-03-28', night)),
      await ask(ann, gone, on('2026-03-28', night)),
      await ask(ann, ann, on('2026-03-28', night)),
      await ask(ann, { actor: { ...bob.actor, id: v7() } } as Client, on('2026-03-28', night)),
      await ask(ann, bob, on('2026-03-28', night), on('2026-03-28', v7())),
      await ask(ann, bob, on('2026-03-28', night), on('2026-03-20', early)),
    ].map(({ status }) => status);
    expect(statuses).toEqual([409, 409, 409, 404, 404, 404, 404, 404, 409]);
  });

  it('nobody learns a colleague’s roster by asking: it is looked at when they accept', async () => {
    const { ann, bob } = await team();
    await publish(w.sql, ann.actor.id, '2026-03-28', [night]);
    const { status, body } = await ask(ann, bob, on('2026-03-28', night), on('2026-03-30', early));
    expect(status).toBe(201);
    expect((await act(bob, body.id, 'accept')).status).toBe(409);
    await publish(w.sql, bob.actor.id, '2026-03-30', [early]);
    expect((await act(bob, body.id, 'accept')).status).toBe(200);
  });

  it.each([
    ['the day before, into the night', '2026-03-27', () => [night], 200],
    ['the evening before', '2026-03-28', () => [late], 200],
    ['the same time', '2026-03-28', () => [night], 409],
    ['the morning after', '2026-03-29', () => [early], 200],
  ])('shifts that would overlap: %s', async (_, date, shifts, status) => {
    const { ann, bob } = await team();
    await publish(w.sql, ann.actor.id, '2026-03-28', [night]);
    await publish(w.sql, bob.actor.id, date, shifts());
    const { body } = await ask(ann, bob, on('2026-03-28', night));
    expect((await act(bob, body.id, 'accept')).status).toBe(status);
  });

  it('an overlap over midnight, for the one as for the other', async () => {
    const long = await shiftType(w.sql, { name: 'Long', start: '23:00', end: '06:30' });
    const { ann, bob } = await team();
    await publish(w.sql, ann.actor.id, '2026-03-28', [long]);
    await publish(w.sql, bob.actor.id, '2026-03-29', [early]);
    const { body } = await ask(ann, bob, on('2026-03-28', long));
    expect((await act(bob, body.id, 'accept')).status).toBe(409);
    await publish(w.sql, ann.actor.id, '2026-03-31', [early, late]);
    expect((await ask(ann, bob, on('2026-03-31', late), on('2026-03-30', long))).status).toBe(409);
  });

  it('a shift that changed meanwhile, or went', async () => {
    for (const change of [[late], []]) {
      const { boss, ann, bob, id } = await agreed();
      await publish(w.sql, ann.actor.id, '2026-03-28', change);
      expect((await act(boss, id, 'approve')).status).toBe(409);
      expect(await roster(bob)).toEqual([`2026-03-30 ${early}`]);
      expect((await bob.send('GET', `${path}/${id}`)).body.status).toBe('ACCEPTED');
    }
    const { boss, bob, id } = await agreed();
    await w.sql`update shift_swaps set offered_starts_at = offered_starts_at - interval '1 hour' where id = ${id}`;
    expect((await act(boss, id, 'approve')).status).toBe(409);
    expect(await roster(bob)).toEqual([`2026-03-30 ${early}`]);
  });

  it('a colleague on leave', async () => {
    const { boss, bob, id } = await agreed();
    await onLeave(w.sql, bob.actor.id, '2026-03-28');
    const { status, body } = await act(boss, id, 'approve');
    expect([status, body.detail]).toEqual([409, 'The person is on leave on that date.']);
    expect(await roster(bob)).toEqual([`2026-03-30 ${early}`]);
  });
});

describe('who may', () => {
  it('see and decide: its people, and whoever stands above; one’s own is somebody else’s to decide', async () => {
    const { boss, ann, bob, id } = await agreed();
    const other = await w.person({ role: 'manager', at: site });
    const half = await w.person({ role: 'manager', at: site });
    await w.sql`update people set manager_id = ${half.actor.id} where id = ${bob.actor.id}`;
    const hr = await w.person({ role: 'hr', at: site });
    const stranger = await w.person({ at: site });
    const seen = async (who: Client) => [
      (await who.send('GET', `${path}/${id}`)).status,
      (await who.send('GET', `${path}?limit=100`)).body.data.filter((one: { id: string }) => one.id === id).length,
    ];
    for (const who of [ann, bob, boss, half, hr]) expect(await seen(who)).toEqual([200, 1]);
    for (const who of [stranger, other]) expect(await seen(who)).toEqual([404, 0]);
    // Half of a swap is not theirs to decide.
    for (const who of [boss, half, other]) expect((await act(who, id, 'approve')).status).toBe(404);
    for (const who of [ann, bob, stranger]) expect((await act(who, id, 'approve')).status).toBe(403);
    for (const who of [ann, stranger, hr]) expect((await act(who, id, 'decline')).status).toBe(404);
    for (const who of [bob, stranger, hr]) expect((await act(who, id, 'cancel')).status).toBe(404);
    expect((await act(hr, id, 'approve')).status).toBe(200);

    await publish(w.sql, hr.actor.id, '2026-04-02', [late]);
    const mine = await ask(hr, ann, on('2026-04-02', late));
    await act(ann, mine.body.id, 'accept');
    expect((await act(hr, mine.body.id, 'approve')).status).toBe(403);
    expect((await (await w.kiosk(site)).send('GET', path)).status).toBe(403);
  });

  it('list: newest first, by cursor, narrowed by person and status; a gift between two below a manager once', async () => {
    const { boss, ann, bob } = await team();
    const ids: string[] = [];
    for (const date of ['2026-04-01', '2026-04-02', '2026-04-03']) {
      await publish(w.sql, ann.actor.id, date, [early]);
      ids.unshift((await ask(ann, bob, on(date, early))).body.id);
    }
    await act(ann, ids[0] ?? '', 'cancel');
    const list = async (who: Client, query: string) => {
      const { body } = await who.send('GET', `${path}?${query}`);
      return [body.data.map((one: { id: string }) => one.id), body.meta.nextCursor];
    };
    for (const who of [ann, bob, boss]) {
      expect(await list(who, 'limit=2')).toEqual([ids.slice(0, 2), ids[1]]);
      expect(await list(who, `limit=2&cursor=${ids[1]}`)).toEqual([ids.slice(2), null]);
      expect(await list(who, 'status=OFFERED')).toEqual([ids.slice(1), null]);
      expect(await list(who, `employeeId=${ann.actor.id}`)).toEqual(who === bob ? [[], null] : [ids, null]);
      expect(await list(who, `employeeId=${v7()}`)).toEqual([[], null]);
    }
    const hr = await w.person({ role: 'hr' });
    expect(await list(hr, `employeeId=${bob.actor.id}`)).toEqual([ids, null]);
  });
});

describe('together', () => {
  it('twenty managers approve one swap at once: one effect', async () => {
    const { boss, ann, bob, id } = await agreed();
    const deciders = [
      boss,
      ...(await Promise.all(Array.from({ length: 19 }, () => w.person({ role: 'hr', at: site })))),
    ];
    const answers = await Promise.all(deciders.map((who) => act(who, id, 'approve')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(409)]);
    expect(await told(id)).toHaveLength(3);
    const versions = await w.sql`
      select version from roster_days where origin_id = ${id} and employee_id in (${ann.actor.id}, ${bob.actor.id})`;
    expect(versions).toHaveLength(4);
    expect(await roster(ann)).toEqual([`2026-03-30 ${early}`]);
  });

  it('approved and withdrawn at once: the one or the other', async () => {
    for (let round = 0; round < 5; round++) {
      const { boss, ann, id } = await agreed();
      const [approved, cancelled] = await Promise.all([act(boss, id, 'approve'), act(ann, id, 'cancel')]);
      expect([approved.status, cancelled.status].sort()).toEqual([200, 409]);
      const kept = (await roster(ann)).includes(`2026-03-28 ${night}`);
      expect(kept).toBe(cancelled.status === 200);
    }
  });

  it('one shift in ten swaps, all approved at once: one colleague gets it, the other swaps are over and said to be', async () => {
    const { boss, ann } = await team();
    const managerId = boss.actor.id;
    await publish(w.sql, ann.actor.id, '2026-03-28', [night]);
    const colleagues = await Promise.all(Array.from({ length: 10 }, () => w.person({ at: site, managerId })));
    const ids = await Promise.all(
      colleagues.map(async (who) => {
        const { body } = await ask(ann, who, on('2026-03-28', night));
        await act(who, body.id, 'accept');
        return body.id as string;
      }),
    );
    const answers = await Promise.all(ids.map((id) => act(boss, id, 'approve')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(409)]);
    const rosters = await Promise.all(colleagues.map(roster));
    expect(rosters.filter((one) => one.length === 1)).toHaveLength(1);
    expect(await roster(ann)).toEqual([]);
    const [row] = await w.sql`
      select count(*) filter (where status = 'APPROVED')::int as approved,
        count(*) filter (where status = 'OVERTAKEN')::int as overtaken from shift_swaps where id = any(${ids})`;
    expect(row).toEqual({ approved: 1, overtaken: 9 });
    expect(
      (await eventsOf(w.sql, 'attendance.swap-overtaken%')).filter(({ data }) => data.requesterId === ann.actor.id),
    ).toHaveLength(9);
  });

  it('a person who would get two shifts at the same time by two swaps gets one', async () => {
    const { boss, ann, bob } = await team();
    const cat = await w.person({ at: site, managerId: boss.actor.id });
    const long = await shiftType(w.sql, { start: '20:00', end: '04:00' });
    await publish(w.sql, ann.actor.id, '2026-03-28', [night]);
    await publish(w.sql, bob.actor.id, '2026-03-28', [long]);
    const ids = [
      (await ask(ann, cat, on('2026-03-28', night))).body.id,
      (await ask(bob, cat, on('2026-03-28', long))).body.id,
    ];
    for (const id of ids) expect((await act(cat, id, 'accept')).status).toBe(200);
    const answers = await Promise.all(ids.map((id) => act(boss, id, 'approve')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await roster(cat)).toHaveLength(1);
  });
});

it('the calendars of both follow: what went is cancelled, what came is there; a draft is in nobody’s', async () => {
  const { boss, ann, bob, id } = await agreed();
  const draft = v7();
  await w.sql`
    insert into rosters (id, site_id, from_date, to_date, status, version, created_by, created_at)
    values (${draft}, ${site}, '2026-04-01', '2026-04-02', 'DRAFT', 1, ${boss.actor.id}, now())`;
  await w.sql`
    insert into roster_entries (roster_id, employee_id, date, shift_type_ids, base_version)
    values (${draft}, ${ann.actor.id}, '2026-04-01', ${[late]}, 0)`;
  const links = await Promise.all([ann, bob].map((who) => who.send('POST', '/api/rosters/calendar-link')));
  const look = () =>
    Promise.all(
      links.map(async ({ body }) => {
        const text = await (await w.app.request(body.path)).text();
        return [...text.matchAll(/UID:.{36}-(\S{10}).*?SEQUENCE:(\d).*?STATUS:(\w+)/gs)].map(([, ...found]) =>
          found.join(' '),
        );
      }),
    );
  expect(await look()).toEqual([['2026-03-28 0 CONFIRMED'], ['2026-03-30 0 CONFIRMED']]);
  await act(boss, id, 'approve');
  expect(await look()).toEqual([
    ['2026-03-28 1 CANCELLED', '2026-03-30 0 CONFIRMED'],
    ['2026-03-28 0 CONFIRMED', '2026-03-30 1 CANCELLED'],
  ]);
});

describe('expiry', () => {
  it('once a shift has begun nobody decides any more, and both are told once', async () => {
    const { boss, ann, bob, id } = await agreed();
    const begins = Temporal.Instant.from('2026-03-28T21:00:00Z');
    const now = w.clock.now();
    w.clock.set(begins.subtract({ milliseconds: 1 }).toString());
    await expireSwaps(w.deps);
    expect((await ann.send('GET', `${path}/${id}`)).body.status).toBe('ACCEPTED');
    w.clock.set(begins.toString());
    expect((await act(boss, id, 'approve')).status).toBe(409);
    await Promise.all([expireSwaps(w.deps), expireSwaps(w.deps), expireSwaps(w.deps)]);
    expect((await ann.send('GET', `${path}/${id}`)).body.status).toBe('EXPIRED');
    expect((await told(id)).filter(([what]) => what === 'expired')).toEqual([
      ['expired', [ann.actor.id, bob.actor.id]],
    ]);
    w.clock.set(now.toString());
  });
});
