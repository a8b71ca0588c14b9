import { eventSchemas } from '@muster/contracts';
import { leaveBalances, leaveEntries } from '@muster/contracts/http/attendance-leave';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { turnLeaveYears } from '../../src/verbs/leave/turn-leave-years.ts';
import { type Client, createWorld, type World } from '../harness.ts';

let w: World;
let site: string;
let hr: Client;
beforeEach(async () => {
  w = await createWorld({ now: '2026-05-04T12:00:00Z' });
  site = await w.site('Europe/Berlin');
  hr = await w.person({ role: 'hr' });
});
afterEach(() => w.drop());

const newType = async (o: object = {}): Promise<string> => {
  const body = { name: `Leave ${v7()}`, entitlement: 28, ...o };
  return (await hr.send('POST', '/api/leave/types', { body })).body.id;
};
const turn = (at?: string): Promise<void> => {
  if (at) w.clock.set(at);
  return turnLeaveYears(w.deps);
};
const balance = async (who: Client, typeId: string, on: string) =>
  leaveBalances
    .parse((await who.send('GET', `/api/leave/balances?on=${on}`)).body)
    .data.find((one) => one.typeId === typeId);
const ask = async (who: Client, typeId: string, from: string, to = from) =>
  who.send('POST', '/api/leave/requests', { body: { typeId, from, to } });
const entries = (who: Client) => w.sql<{ kind: string; leave_year: string; amount: number }[]>`
  select kind, leave_year, amount from leave_entries where employee_id = ${who.actor.id} order by id`;
const short = async (who: Client) =>
  (await entries(who)).map(({ kind, leave_year, amount }) => `${kind} ${leave_year} ${amount}`);
const events = async (name: string) =>
  (
    await w.sql<{ data: unknown }[]>`select payload->'data' as data from outbox where type = ${`attendance.${name}.v1`}`
  ).map(({ data }) => eventSchemas[`attendance.${name}.v1` as 'attendance.leave-granted.v1'].parse(data));

const totals = (all: { people: number; days: number }[]) => ({
  people: all.reduce((sum, { people }) => sum + people, 0),
  days: all.reduce((sum, { days }) => sum + days, 0),
});

describe('the turn of leave years', () => {
  it('grants everybody once, whoever does it and however often; who joins within the year a part', async () => {
    const ann = await w.person({ at: site });
    const bob = await w.person({ at: site });
    const gone = await w.person({ at: site });
    await w.sql`update people set hired_on = '2026-07-01' where id = ${bob.actor.id}`;
    await w.sql`update people set status = 'deleted' where id = ${gone.actor.id}`;
    const type = await newType();
    await Promise.all([turn(), turn(), turn()]);
    await turn();
    expect(await balance(ann, type, '2026-05-04')).toMatchObject({ entitled: 28, balance: 28 });
    expect(await balance(bob, type, '2026-05-04')).toMatchObject({ entitled: 14, balance: 14 });
    expect(await entries(gone)).toEqual([]);
    const granted = await events('leave-granted');
    expect(totals(granted)).toEqual({ people: 2, days: 42 });
    // Somebody new gets theirs at the next turn; what the type gives now is for years that are not granted yet.
    const cleo = await w.person({ at: site });
    await hr.send('PATCH', `/api/leave/types/${type}`, { body: { entitlement: 30 } });
    await turn();
    expect((await balance(cleo, type, '2026-05-04'))?.balance).toBe(30);
    expect((await balance(ann, type, '2026-05-04'))?.balance).toBe(28);
  });

  it('grants the next year a quarter ahead, or as soon as hr says so', async () => {
    const ann = await w.person({ at: site });
    const type = await newType();
    await turn('2026-09-29T12:00:00Z');
    expect((await balance(ann, type, '2027-01-01'))?.balance).toBe(0);
    await turn('2026-10-01T12:00:00Z');
    expect((await balance(ann, type, '2027-01-01'))?.balance).toBe(28);
    const said = await hr.send('POST', `/api/leave/types/${type}/grant`, { body: { year: 2028 } });
    expect(said.body).toEqual({ people: 1 });
    expect((await hr.send('POST', `/api/leave/types/${type}/grant`, { body: { year: 2028 } })).body).toEqual({
      people: 0,
    });
    expect((await balance(ann, type, '2028-06-01'))?.balance).toBe(28);
    expect((await hr.send('POST', `/api/leave/types/${v7()}/grant`, { body: { year: 2028 } })).status).toBe(404);
    expect((await hr.send('POST', `/api/leave/types/${type}/grant`, { body: { year: 1999 } })).status).toBe(400);
  });

  it('carries over up to the limit once the year is over everywhere, and what is given back later follows', async () => {
    const ann = await w.person({ at: site });
    const type = await newType({ carryOverLimit: 5, carryOverMonths: 3 });
    await turn();
    const { id } = (await ask(ann, type, '2026-12-07', '2026-12-31')).body;
    expect((await balance(ann, type, '2026-12-31'))?.balance).toBe(9);
    // On Baker Island it is still 2026.
    await turn('2027-01-01T11:59:59Z');
    expect((await balance(ann, type, '2026-12-31'))?.balance).toBe(9);
    await Promise.all([turn('2027-01-01T12:00:00Z'), turn(), turn()]);
    expect(await balance(ann, type, '2026-12-31')).toMatchObject({ balance: 0, carriedOut: 5, lapsed: 4 });
    expect(await balance(ann, type, '2027-01-01')).toMatchObject({ entitled: 28, carriedIn: 5, balance: 33 });
    await hr.send('POST', `/api/leave/requests/${id}/cancel`, {});
    expect((await balance(ann, type, '2026-12-31'))?.balance).toBe(19);
    await turn();
    // The limit holds for all steps together.
    expect(await balance(ann, type, '2026-12-31')).toMatchObject({ balance: 0, carriedOut: 5, lapsed: 23 });
    expect((await balance(ann, type, '2027-01-01'))?.balance).toBe(33);
    expect((await events('leave-carried-over')).length).toBe(2);
  });

  it('what was carried over lapses after its last day, as far as nobody used it by then', async () => {
    const [ann, bob] = [await w.person({ at: site }), await w.person({ at: site })];
    const type = await newType({ carryOverLimit: 5, carryOverMonths: 3 });
    await turn();
    await turn('2027-01-02T12:00:00Z');
    expect((await ask(ann, type, '2027-03-29', '2027-04-02')).body.days).toBe(5);
    // What will have lapsed does not pay for the summer: 28, not 33.
    expect((await ask(bob, type, '2027-07-01', '2027-08-10')).body.code).toBe('leave_balance_exceeded');
    expect((await ask(bob, type, '2027-07-01', '2027-08-09')).status).toBe(201);
    await turn('2027-04-01T11:59:59Z');
    expect((await balance(ann, type, '2027-03-31'))?.lapsed).toBe(0);
    await Promise.all([turn('2027-04-01T12:00:00Z'), turn(), turn()]);
    await turn();
    // Three of the five were in March.
    expect(await balance(ann, type, '2027-04-01')).toMatchObject({ lapsed: 2, balance: 26, carriedIn: 5 });
    expect(await balance(bob, type, '2027-04-01')).toMatchObject({ lapsed: 5, balance: 0 });
    const lapsed = await events('leave-lapsed');
    expect(totals(lapsed)).toEqual({ people: 2, days: 7 });
  });

  it('carries everything where there is no limit, nothing where it is 0, and a debt whole', async () => {
    const ann = await w.person({ at: site });
    const [all, none, debt] = [
      await newType({ carryOverLimit: null }),
      await newType(),
      await newType({ entitlement: 2, mayGoNegative: true }),
    ];
    const sick = await newType({ entitlement: null });
    await turn();
    await ask(ann, debt, '2026-06-01', '2026-06-05');
    await ask(ann, sick, '2026-07-01', '2026-07-02');
    await turn('2027-01-02T12:00:00Z');
    expect((await balance(ann, all, '2027-01-01'))?.balance).toBe(56);
    expect((await balance(ann, none, '2027-01-01'))?.balance).toBe(28);
    expect(await balance(ann, debt, '2027-01-01')).toMatchObject({ carriedIn: -3, balance: -1 });
    expect((await balance(ann, debt, '2026-12-31'))?.balance).toBe(0);
    // What limits nothing is not carried anywhere.
    expect((await balance(ann, sick, '2026-12-31'))?.balance).toBe(-2);
    expect((await balance(ann, sick, '2027-01-01'))?.balance).toBe(0);
  });

  it('leave years that begin in April turn in April', async () => {
    const ann = await w.person({ at: site });
    const type = await newType({ yearStartsIn: 4, carryOverLimit: 3, carryOverMonths: 1 });
    await turn('2026-02-10T12:00:00Z');
    expect(await short(ann)).toEqual(['ENTITLEMENT 2025-04-01 56', 'ENTITLEMENT 2026-04-01 56']);
    await turn('2026-04-01T12:00:00Z');
    await turn('2026-05-01T12:00:00Z');
    expect((await short(ann)).slice(2)).toEqual([
      'CARRIED_OUT 2025-04-01 -6',
      'LAPSED 2025-04-01 -50',
      'CARRIED_IN 2026-04-01 6',
      'LAPSED 2026-04-01 -6',
    ]);
    const good =
      await w.sql`select distinct good_until from leave_entries where type_id = ${type} and good_until is not null`;
    expect(good.map((row) => row.good_until)).toEqual(['2026-04-30']);
  });

  it('goes through all people, however many pages they are', async () => {
    await w.sql`insert into people (id, name, role, site_id, status, version)
      select uuidv7(), 'Worker', 'employee', ${site}, 'active', 1 from generate_series(1, 1200)`;
    const type = await newType({ carryOverLimit: 4, carryOverMonths: 2 });
    await Promise.all([turn(), turn()]);
    await Promise.all([turn('2027-01-02T12:00:00Z'), turn()]);
    await Promise.all([turn('2027-03-02T12:00:00Z'), turn()]);
    const sums = await w.sql`select leave_year, kind, count(*)::int as n, sum(amount)::int as amount from leave_entries
      where type_id = ${type} group by leave_year, kind order by leave_year, kind`;
    expect(sums.map(({ leave_year: year, kind, n, amount }) => [year.slice(0, 4), kind, n, amount])).toEqual([
      ['2026', 'CARRIED_OUT', 1200, -9600],
      ['2026', 'ENTITLEMENT', 1200, 67200],
      ['2026', 'LAPSED', 1200, -57600],
      ['2027', 'CARRIED_IN', 1200, 9600],
      ['2027', 'ENTITLEMENT', 1200, 67200],
      ['2027', 'LAPSED', 1200, -9600],
    ]);
  });
});

describe('the ledger', () => {
  it('comes to what the requests say, whatever is approved, rejected and cancelled in which order', async () => {
    const manager = await w.person({ role: 'manager', at: site });
    const type = await newType();
    const step = fc.oneof(
      fc.record({
        do: fc.constant('ask' as const),
        day: fc.integer({ min: 0, max: 40 }),
        length: fc.integer({ min: 1, max: 9 }),
        late: fc.boolean(),
      }),
      fc.record({ do: fc.constantFrom('approve' as const, 'reject' as const, 'cancel' as const), nth: fc.nat(9) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), fc.boolean(), async (steps, atOnce) => {
        const who = await w.person({ at: site, managerId: manager.actor.id });
        for (const on of ['2026-12-01', '2027-01-01'])
          await hr.send('POST', '/api/leave/adjustments', {
            body: { employeeId: who.actor.id, typeId: type, on, days: 8, note: 'test' },
          });
        const ids: string[] = [];
        const take = async (one: (typeof steps)[number]): Promise<void> => {
          if (one.do !== 'ask') {
            const id = ids[one.nth % Math.max(1, ids.length)];
            if (id) await manager.send('POST', `/api/leave/requests/${id}/${one.do}`, {});
            return;
          }
          const from = Temporal.PlainDate.from('2026-12-07').add({ days: one.day });
          const answer = await who.send('POST', '/api/leave/requests', {
            body: {
              typeId: type,
              from: from.toString(),
              to: from.add({ days: one.length }).toString(),
              firstDay: one.late ? 'SECOND_HALF' : 'FULL',
            },
          });
          if (answer.status === 201) ids.push(answer.body.id);
        };
        if (atOnce) await Promise.all(steps.map(take));
        else for (const one of steps) await take(one);
        const [sum] = await w.sql`
          select (select coalesce(sum(amount), 0)::int from leave_entries where employee_id = ${who.actor.id}) as ledger,
            (select coalesce(sum(amount), 0)::int from leave_balances where employee_id = ${who.actor.id}) as balances,
            (select coalesce(min(amount), 0)::int from leave_balances where employee_id = ${who.actor.id}) as least,
            (select coalesce(sum(charged), 0)::int from leave_requests
              where employee_id = ${who.actor.id} and status in ('pending', 'approved')) as standing,
            (select count(*)::int from leave_days where employee_id = ${who.actor.id} and charged) as days,
            (select count(*)::int from leave_days d join leave_requests r on r.id = d.request_id
              where d.employee_id = ${who.actor.id} and d.approved <> (r.status = 'approved')) as wrong`;
        expect(sum).toMatchObject({ ledger: 32 - sum?.standing, balances: sum?.ledger, days: sum?.standing, wrong: 0 });
        expect(sum?.least).toBeGreaterThanOrEqual(0);
        const page = leaveEntries.parse((await who.send('GET', '/api/leave/entries?limit=100')).body);
        expect(page.data.reduce((all, { days }) => all + days, 0) * 2).toBe(sum?.ledger);
      }),
      { numRuns: 40 },
    );
  });
});
