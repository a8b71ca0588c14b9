import { withTransaction } from '@muster/db';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { publishDays } from '../../src/verbs/rosters/publish-days.ts';
import { createWorld, type World } from '../harness.ts';
import { rosterOf, shiftType } from '../rosters/fixture.ts';

let w: World;
beforeAll(async () => {
  w = await createWorld({ now: '2026-03-20T09:00:00Z' });
});
afterAll(() => w.drop());

it('a night and the morning after it, published at once on two dates: one of the two', async () => {
  const site = await w.site('Europe/Berlin');
  const night = await shiftType(w.sql, { start: '23:00', end: '07:00' });
  const early = await shiftType(w.sql, { start: '06:00', end: '14:00' });
  for (let round = 0; round < 10; round++) {
    const { actor } = await w.person({ at: site });
    const publish = (date: string, shift: string) =>
      withTransaction(w.sql, (tx) => {
        const cell = { employeeId: actor.id, siteId: site, zone: 'Europe/Berlin', baseVersion: 0 };
        const days = [{ ...cell, date, shiftTypeIds: [shift] }];
        return publishDays(tx, w.deps, days, { origin: 'ROSTER', originId: v7() });
      });
    const ended = await Promise.allSettled([publish('2026-04-01', night), publish('2026-04-02', early)]);
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await rosterOf(w.sql, actor.id, '2026-04-01', '2026-04-02')).toHaveLength(1);
  }
});
