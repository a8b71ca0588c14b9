import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { expireSwaps } from '../../src/verbs/swaps/expire-swaps.ts';
import { act, agreed, late, path, site, told, w } from './support.ts';

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
