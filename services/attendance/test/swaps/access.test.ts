import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { Client } from '../harness.ts';
import { publish } from '../rosters/fixture.ts';
import { act, agreed, ask, early, late, on, path, site, team, w } from './support.ts';

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
