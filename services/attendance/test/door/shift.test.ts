import { describe, expect, it } from 'vitest';
import { checkIn, checkOut } from '../harness.ts';
import { publish } from '../rosters/fixture.ts';
import {
  ann,
  at,
  comes,
  date,
  drain,
  early,
  goes,
  off,
  queue,
  roster,
  sessions,
  site,
  told,
  world,
  xmins,
} from './support.ts';

describe('the door', () => {
  it.each([
    ['05:05:59', 5, '5 minutes after 06:00, within the 5 minutes of grace'],
    ['05:06:00', 6, '6 minutes after 06:00, more than the 5 minutes of grace'],
  ])('answers which shift, and how late: %s', async (time, late, lateReason) => {
    await roster([early]);
    const answer = await comes(time);
    expect(answer).toMatchObject({ shift: { id: early, name: 'Early' }, late, lateReason, earlyExit: 0 });
    const { occurredAtSource: _, ...session } = answer;
    expect((await ann.send('GET', '/api/attendance/today')).body).toEqual(session);
    expect((await ann.send('GET', `/api/attendance/${answer.id}`)).body).toEqual(session);
    expect(await sessions()).toEqual([session]);
    // What the door wrote the days' worker has nothing to add to.
    const before = await xmins();
    await drain();
    expect(await xmins()).toEqual(before);
    expect((await ann.send('GET', `/api/attendance/summary?from=${date}&to=${date}`)).body).toMatchObject({
      lateMinutes: late,
    });
  });

  it('answers how early somebody leaves, and a break and a retry tell the same', async () => {
    await roster([early]);
    const headers = { 'idempotency-key': 'in' };
    at('05:12:00');
    const came = await checkIn(ann, { headers });
    expect(told(came.body)).toMatchObject({ shift: 'Early', late: 12 });
    at('08:00:00');
    expect((await checkIn(ann, { headers })).body).toEqual(came.body);
    const rest = await ann.send('POST', '/api/attendance/breaks/start');
    expect(told(rest.body)).toEqual(told(came.body));
    at('12:54:30');
    const left = await checkOut(ann, { headers: { 'idempotency-key': 'out' } });
    expect(told(left.body)).toMatchObject({
      ...{ shift: 'Early', late: 12, earlyExit: 5 },
      earlyExitReason: '5 minutes before 14:00, within the 5 minutes of grace',
    });
    at('13:00:00');
    expect((await checkOut(ann, { headers: { 'idempotency-key': 'out' } })).body).toEqual(left.body);
    expect((await checkIn(ann, { headers })).body).toEqual(came.body);
    const before = await xmins();
    await drain();
    expect(await xmins()).toEqual(before);
  });

  it('tells nobody’s shift to another, and decides about each of a flight by itself', async () => {
    const people = await Promise.all(Array.from({ length: 9 }, () => world.person({ at: site })));
    for (const who of people.slice(0, 6)) await publish(world.sql, who.actor.id, date, [early]);
    for (const who of people) await queue(who.actor.id);
    await drain();
    for (const who of people.slice(0, 3)) {
      await comes('05:01:00', who);
      await goes('07:00:00', who);
    }
    at('07:10:00');
    const answers = await Promise.all(people.map((who) => checkIn(who)));
    expect(answers.map(({ body }) => [body.shift?.name ?? null, body.late])).toEqual([
      ...Array(3).fill(['Early', 0]),
      ...Array(3).fill(['Early', 130]),
      ...Array(3).fill([null, 0]),
    ]);
  });

  it('knows nothing before the plans are there, and lets everybody in', async () => {
    await roster([early]);
    await world.sql`update live_plans set door = '[]'`;
    expect(told(await comes('05:30:00'))).toEqual(off);
    await queue();
    await drain();
    expect((await sessions()).map(told)).toMatchObject([{ shift: 'Early', late: 30 }]);
    // Nor does a plan that is gone take away what is known.
    await world.sql`delete from live_plans`;
    expect(told(await goes('10:00:00'))).toMatchObject({ shift: 'Early', late: 30, earlyExit: 0 });
    expect((await sessions()).map(told)).toMatchObject([{ shift: 'Early', late: 30, earlyExit: 0 }]);
  });
});
