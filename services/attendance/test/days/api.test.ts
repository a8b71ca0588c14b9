import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recomputeDays } from '../../src/verbs/recompute-days.ts';
import { type Client, checkIn, checkOut, createWorld, type World } from '../harness.ts';

let world: World;
let ann: Client;
let boss: Client;
const date = '2026-11-20';

beforeAll(async () => {
  world = await createWorld({ now: `${date}T08:00:00Z` });
  const at = await world.site('Europe/Berlin');
  boss = await world.person({ role: 'manager', at });
  ann = await world.person({ at, managerId: boss.actor.id });
  await checkIn(ann);
  world.clock.set(`${date}T12:30:59Z`);
  await checkOut(ann);
  while ((await recomputeDays(world.deps)) > 0);
});
afterAll(() => world.drop());

const explain = (client: Client, id = ann.actor.id, on = date) =>
  client.send('GET', `/api/attendance/explain/${id}/${on}`);
const days = (client: Client, query: string) => client.send('GET', `/api/attendance/days?${query}`);

describe('GET /explain/:employeeId/:date', () => {
  it('names rule, facts and version for every minute of the day', async () => {
    const { status, body } = await explain(ann);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      employeeId: ann.actor.id,
      date,
      rules: 'plain-2',
      fromAt: '2026-11-19T23:00:00.000Z',
      toAt: '2026-11-20T23:00:00.000Z',
      day: { status: 'IN_PROGRESS', workedMinutes: 270, flags: ['OFF_SHIFT'] },
    });
    expect(body.spans.map(({ rule, counts }: { rule: string; counts: boolean }) => [rule, counts])).toEqual([
      ['free', false],
      ['work.off-shift', true],
      ['free', false],
    ]);
    expect(body.spans[1].factIds).toHaveLength(2);
  });

  it('answers self, managers above and hr; everybody else learns nothing', async () => {
    const at = await world.site('Asia/Kolkata');
    const status = async (client: Client, id?: string) => (await explain(client, id)).status;
    expect(await status(boss)).toBe(200);
    expect(await status(await world.person({ role: 'hr' }))).toBe(200);
    expect(await status(await world.person({ at }))).toBe(404);
    expect(await status(await world.person({ role: 'manager', at }))).toBe(404);
    expect(await status(await world.person({ role: 'kiosk' }))).toBe(403);
    expect((await explain(ann, 'nobody')).status).toBe(400);
    for (const on of ['2026-02-30', '0000-01-01', '1999-12-31', '2100-01-01'])
      expect((await explain(ann, ann.actor.id, on)).status).toBe(400);
    for (const on of ['2000-01-01', '2099-12-31']) expect((await explain(ann, ann.actor.id, on)).status).toBe(200);
  });
});

describe('GET /days', () => {
  it('lists the days on which something happened, oneself by default', async () => {
    const { status, body } = await days(ann, 'from=2026-11-01&to=2026-11-30');
    expect(status).toBe(200);
    expect(body.data).toMatchObject([
      {
        date,
        workedMinutes: 270,
        stays: [{ checkInAt: `${date}T08:00:00.000Z`, checkOutAt: `${date}T12:30:59.000Z` }],
      },
    ]);
    expect((await days(boss, `employeeId=${ann.actor.id}&from=${date}&to=${date}`)).body).toEqual(body);
  });

  it('refuses what is out of sight, out of order, or too long', async () => {
    expect((await days(ann, `employeeId=${boss.actor.id}&from=${date}&to=${date}`)).status).toBe(404);
    for (const query of ['from=2026-11-30&to=2026-11-01', 'from=2025-01-01&to=2026-11-01', 'from=2026-11-01'])
      expect((await days(ann, query)).status).toBe(400);
  });
});
