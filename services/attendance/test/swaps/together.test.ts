import { describe, expect, it } from 'vitest';
import { eventsOf, publish, shiftType } from '../rosters/fixture.ts';
import { act, agreed, ask, early, night, on, roster, site, team, told, w } from './support.ts';

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
