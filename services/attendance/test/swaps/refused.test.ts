import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { Client } from '../harness.ts';
import { onLeave, publish, shiftType } from '../rosters/fixture.ts';
import { act, agreed, ask, early, late, night, on, path, roster, site, team, w } from './support.ts';

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
