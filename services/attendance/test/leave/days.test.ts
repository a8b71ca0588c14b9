import { leaveCalendar, leaveRequests } from '@muster/contracts/http/attendance-leave';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { type Client, checkIn } from '../harness.ts';
import { publish, shiftType } from '../rosters/fixture.ts';
import { act, ask, drain, hr, newType, site, sourceOf, statusOf, team, w } from './support.ts';

describe('leave and shifts', () => {
  it('costs the days on which somebody would have worked, in weeks that are planned', async () => {
    const type = await newType();
    const ann = await w.person({ at: site });
    const shift = await shiftType(w.sql);
    // Part time: Monday, Tuesday and Saturday. The week after is not planned.
    for (const date of ['2026-06-01', '2026-06-02', '2026-06-06']) await publish(w.sql, ann.actor.id, date, [shift]);
    expect((await ask(ann, type, '2026-06-01', '2026-06-14')).body.days).toBe(3 + 5);
    const refused = await ask(await w.person({ at: site }), type, '2026-06-06', '2026-06-07');
    expect(refused.status).toBe(400);
  });

  it('excuses from a shift that is planned into it later, but not from a day off', async () => {
    const type = await newType();
    const { manager, ann } = await team();
    const list = (await hr.send('POST', '/api/holidays', { body: { name: `List ${v7()}`, weeklyOff: [7] } })).body.id;
    const there = await w.site('Europe/Berlin');
    await hr.send('PUT', `/api/holidays/sites/${there}/2026-01-01`, { body: { listId: list } });
    await w.sql`update people set site_id = ${there} where id = ${ann.actor.id}`;
    const shift = await shiftType(w.sql);
    for (const date of ['2026-06-01', '2026-06-02', '2026-06-03', '2026-06-04', '2026-06-05'])
      await publish(w.sql, ann.actor.id, date, [shift]);
    const { id, days } = (await ask(ann, type, '2026-06-01', '2026-06-07')).body;
    expect(days).toBe(5);
    await act(manager, id, 'approve');
    expect((await sourceOf(ann.actor.id)).map(([date]) => date)).not.toContain('2026-06-06');
    for (const date of ['2026-06-06', '2026-06-07']) await publish(w.sql, ann.actor.id, date, [shift]);
    expect((await sourceOf(ann.actor.id)).map(([date]) => date).slice(-2)).toEqual(['2026-06-05', '2026-06-06']);
    w.clock.set('2026-06-10T12:00:00Z');
    await w.sql`insert into day_queue (employee_id, from_date, to_date) values (${ann.actor.id}, '2026-06-01', '2026-06-07')`;
    expect(await statusOf(ann.actor.id, '2026-06-05')).toEqual(['ON_LEAVE']);
    expect(await statusOf(ann.actor.id, '2026-06-06')).toEqual(['ON_LEAVE']);
    expect(await statusOf(ann.actor.id, '2026-06-07')).toEqual(['WEEKLY_OFF']);
    // Without the leave the shift would have been missed.
    await act(hr, id, 'cancel');
    expect(await statusOf(ann.actor.id, '2026-06-05')).toEqual(['ABSENT']);
    w.clock.set('2026-05-04T07:00:00Z');
  });
});

describe('the days of a leave', () => {
  it('are derived again when it is approved and when it is cancelled, and only they', async () => {
    const type = await newType();
    const { manager, ann } = await team();
    await checkIn(ann);
    await drain();
    const { id } = (await ask(ann, type, '2026-05-04')).body;
    const queued = () => w.sql`select employee_id, from_date, to_date from day_queue`;
    expect(await queued()).toEqual([]);
    await act(manager, id, 'approve');
    expect(await queued()).toEqual([{ employee_id: ann.actor.id, from_date: '2026-05-04', to_date: '2026-05-04' }]);
    expect(await statusOf(ann.actor.id, '2026-05-04')).toEqual(['ON_LEAVE', 'WORK_ON_LEAVE']);
    await act(hr, id, 'cancel');
    expect(await statusOf(ann.actor.id, '2026-05-04')).toEqual(['IN_PROGRESS']);
    const half = (await ask(ann, type, '2026-05-04', '2026-05-04', { lastDay: 'FIRST_HALF' })).body;
    await act(manager, half.id, 'approve');
    expect(await statusOf(ann.actor.id, '2026-05-04')).toEqual(['IN_PROGRESS', 'HALF_DAY_LEAVE']);
  });

  it('a calendar shows who is away, of the people one may read', async () => {
    const type = await newType();
    const { manager, ann } = await team();
    const below = await w.person({ at: site, managerId: ann.actor.id, department: 'Stores' });
    const elsewhere = await w.person({ at: await w.site('UTC') });
    const first = (await ask(ann, type, '2026-08-07', '2026-08-10')).body;
    await act(manager, first.id, 'approve');
    await ask(below, type, '2026-08-10', '2026-08-10', { firstDay: 'SECOND_HALF' });
    await ask(elsewhere, type, '2026-08-10');
    const calendar = async (who: Client, query = '') => {
      const answer = await who.send('GET', `/api/leave/calendar?from=2026-08-01&to=2026-08-31&limit=100${query}`);
      expect(answer.status).toBe(200);
      return leaveCalendar.parse(answer.body).data;
    };
    const ids = async (who: Client, query = '') => (await calendar(who, query)).map(({ employeeId }) => employeeId);
    const [a, b, e] = [ann, below, elsewhere].map(({ actor }) => actor.id);
    const seen = await calendar(manager);
    expect(seen.map(({ employeeId }) => employeeId)).toEqual([a, b].sort());
    expect(seen.find(({ employeeId }) => employeeId === a)?.days).toMatchObject([
      { date: '2026-08-07', part: 'FULL', status: 'approved' },
      { date: '2026-08-10', part: 'FULL', status: 'approved' },
    ]);
    expect(seen.find(({ employeeId }) => employeeId === b)?.days).toMatchObject([
      { date: '2026-08-10', part: 'SECOND_HALF', status: 'pending' },
    ]);
    expect(await ids(ann)).toEqual([a]);
    expect(await ids(hr)).toEqual([a, b, e].sort());
    expect(await ids(hr, `&siteId=${site}`)).toEqual([a, b].sort());
    expect(await ids(hr, `&managerId=${a}`)).toEqual([b]);
    expect(await ids(hr, '&department=stores')).toEqual([b]);
    const paged = await hr.send('GET', '/api/leave/calendar?from=2026-08-01&to=2026-08-31&limit=1');
    const rest = await ids(hr, `&cursor=${paged.body.meta.nextCursor}`);
    expect([paged.body.data[0].employeeId, ...rest]).toEqual([a, b, e].sort());
    expect((await hr.send('GET', '/api/leave/calendar?from=2026-08-01&to=2026-12-01')).status).toBe(400);
  });

  it('lists narrow by person, site, type, status and dates, page by page', async () => {
    const type = await newType();
    const there = await w.site('UTC');
    const ann = await w.person({ at: there });
    const made: string[] = [];
    for (const date of ['2026-09-01', '2026-09-03', '2026-09-07']) made.unshift((await ask(ann, type, date)).body.id);
    await act(hr, made[1] ?? '', 'reject');
    const list = async (query: string) =>
      leaveRequests.parse((await hr.send('GET', `/api/leave/requests?typeId=${type}&${query}`)).body);
    expect((await list(`siteId=${there}`)).data.map(({ id }) => id)).toEqual(made);
    expect((await list(`siteId=${site}`)).data).toEqual([]);
    expect((await list('status=rejected')).data.map(({ id }) => id)).toEqual([made[1]]);
    expect((await list('from=2026-09-02&to=2026-09-06')).data.map(({ id }) => id)).toEqual([made[1]]);
    const page = await list('limit=2');
    expect((await list(`cursor=${page.meta.nextCursor}`)).data.map(({ id }) => id)).toEqual([made[2]]);
    expect((await hr.send('GET', '/api/leave/requests?from=2026-09-02&to=2026-09-01')).status).toBe(400);
    expect((await hr.send('GET', '/api/leave/requests?cursor=x')).status).toBe(400);
  });

  it('somebody whose events have not arrived asks at the default site', async () => {
    const unknown = await w.person();
    const answer = await ask(unknown, await newType(), '2026-06-01', '2026-06-07');
    expect(answer.body).toMatchObject({ days: 5, status: 'pending' });
    expect((await unknown.send('GET', '/api/leave/balances')).status).toBe(200);
  });
});
