import { setTimeout as sleep } from 'node:timers/promises';
import { requestJson } from '@muster/testing';
import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nothingPlanned } from '../../src/day-sources.ts';
import type { PlannedShift } from '../../src/domain/days/index.ts';
import { plusDays } from '../../src/domain/days/wall-time.ts';
import { dayShift } from '../days/scenario.ts';
import { appApiToken, type Client, createWorld, type World } from '../harness.ts';

let w: World;
let site: string;
/** What is published, by person. */
const published = new Map<string, PlannedShift[]>();
beforeAll(async () => {
  w = await createWorld({ now: '2026-03-20T09:00:00Z' });
  site = await w.site('Europe/Berlin');
  w.deps.daySources = async (_db, ranges, nowMs) =>
    new Map(
      ranges.map(({ employeeId, from, to }) => {
        const all = published.get(employeeId) ?? [];
        const shifts = all.filter(({ date }) => date >= from && date <= to);
        return [employeeId, { ...nothingPlanned, knownUntilMs: nowMs, shifts }];
      }),
    );
});
afterAll(() => w.drop());

const night = { ...dayShift, id: 'night', name: 'Night', start: '22:00', end: '06:00' };
const on = (date: string, shift = night): PlannedShift => ({
  date,
  zone: 'Europe/Berlin',
  shift,
  source: 'ASSIGNMENT',
});
const makeLink = async (client: Client): Promise<string> => {
  const { status, body, headers } = await client.send('POST', '/api/rosters/calendar-link');
  expect(status).toBe(201);
  expect(headers.get('location')).toBe('/api/rosters/calendar-link');
  return body.path;
};
/** As a calendar app asks: without a token. */
const feed = (path: string, headers: Record<string, string> = {}) =>
  requestJson<string>(w.app, 'GET', path, { headers });
const events = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));

describe('the address', () => {
  it('is shown once, kept as a hash, and ends when a new one is made or it is taken away', async () => {
    const person = await w.person({ at: site });
    expect((await person.send('GET', '/api/rosters/calendar-link')).body).toEqual({ isSet: false, createdAt: null });
    const path = await makeLink(person);
    expect(path).toMatch(/^\/api\/rosters\/calendar\/[\w-]{43}\.ics$/);
    const secret = path.slice(-47, -4);
    const [row] = await w.sql<
      { t: string }[]
    >`select t::text from calendar_links t where employee_id = ${person.actor.id}`;
    expect(row?.t).not.toContain(secret);
    const told = await w.sql<
      { t: string }[]
    >`select payload::text as t from outbox where payload::text like ${`%${person.actor.id}%`}`;
    expect(told).toHaveLength(1);
    expect(told[0]?.t).not.toContain(secret);
    expect((await feed(path)).status).toBe(200);

    const second = await makeLink(person);
    expect(second).not.toBe(path);
    expect((await feed(path)).status).toBe(404);
    expect((await feed(second)).status).toBe(200);
    const state = await person.send('GET', '/api/rosters/calendar-link');
    expect(state.body).toEqual({ isSet: true, createdAt: '2026-03-20T09:00:00.000Z' });

    for (const _ of [1, 2]) expect((await person.send('DELETE', '/api/rosters/calendar-link')).status).toBe(204);
    expect((await feed(second)).status).toBe(404);
    expect(await w.sql`select 1 from calendar_entries where employee_id = ${person.actor.id}`).toHaveLength(0);
  });

  it('no other address opens anything, and no other route does without a token', async () => {
    for (const secret of ['x', 'A'.repeat(43), `${'A'.repeat(42)}!`, 'A'.repeat(44)]) {
      const { status, body } = await feed(`/api/rosters/calendar/${secret}.ics`);
      expect([secret, status, (body as unknown as { code: string }).code]).toEqual([secret, 404, 'not_found']);
    }
    for (const path of ['/api/rosters/calendar-link', '/api/rosters/calendar', '/api/rosters/swaps', '/api/rosters'])
      expect([path, (await feed(path)).status]).toEqual([path, 401]);
    const kiosk = await w.kiosk(site);
    expect((await kiosk.send('POST', '/api/rosters/calendar-link')).status).toBe(403);
  });

  it('ends with a person who leaves, and is erased with one', async () => {
    const person = await w.person({ at: site });
    const path = await makeLink(person);
    published.set(person.actor.id, [on('2026-03-21')]);
    expect(events((await feed(path)).body)).toHaveLength(1);
    await w.sql`update people set status = 'deleted' where id = ${person.actor.id}`;
    expect((await feed(path)).status).toBe(404);
    const headers = { 'dapr-api-token': appApiToken };
    await requestJson(w.app, 'DELETE', `/internal/personal-data/${person.actor.id}`, { headers });
    for (const table of ['calendar_links', 'calendar_entries'])
      expect(await w.sql`select 1 from ${w.sql(table)} where employee_id = ${person.actor.id}`).toHaveLength(0);
  });
});

describe('the feed', () => {
  it('shows published shifts from 31 days ago to 180 days ahead, whoever else has some', async () => {
    const person = await w.person({ at: site });
    const other = await w.person({ at: site });
    const today = '2026-03-20';
    const dates = [-32, -31, 0, 180, 181].map((days) => plusDays(today, days));
    published.set(
      person.actor.id,
      dates.map((date) => on(date)),
    );
    published.set(other.actor.id, [on('2026-03-25')]);
    const { body, headers } = await feed(await makeLink(person));
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(headers.get('cache-control')).toBe('private, max-age=300');
    expect(events(body).map(({ uid }) => uid)).toEqual(
      dates.slice(1, 4).map((date) => `${person.actor.id}-${date}-night@muster`),
    );
  });

  it('a night of seven hours is seven hours', async () => {
    const person = await w.person({ at: site });
    published.set(person.actor.id, [on('2026-03-28')]);
    const [event] = events((await feed(await makeLink(person))).body);
    expect([event?.startDate.toString(), event?.endDate.toString(), event?.location]).toEqual([
      '2026-03-28T21:00:00Z',
      '2026-03-29T04:00:00Z',
      'Europe/Berlin',
    ]);
  });

  it('nothing new: the same bytes, and 304 for whoever shows the ETag; nothing is written', async () => {
    const person = await w.person({ at: site });
    published.set(person.actor.id, [on('2026-03-21')]);
    const path = await makeLink(person);
    const first = await feed(path);
    const etag = first.headers.get('etag') ?? '';
    const before = await w.sql`select xmin::text from calendar_entries where employee_id = ${person.actor.id}`;
    w.clock.advance({ minutes: 10 });
    for (const shown of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await feed(path, { 'if-none-match': shown });
      expect([shown, again.status, again.bytes.length]).toEqual([shown, 304, 0]);
      expect(again.headers.get('etag')).toBe(etag);
    }
    expect((await feed(path, { 'if-none-match': '"other"' })).body).toBe(first.body);
    expect(await w.sql`select xmin::text from calendar_entries where employee_id = ${person.actor.id}`).toEqual(before);
  });

  it('a change raises the sequence under the same uid, what vanishes is cancelled, what comes back is there again', async () => {
    const person = await w.person({ at: site });
    const path = await makeLink(person);
    const look = async () =>
      events((await feed(path)).body).map((event) => [
        event.uid.slice(37),
        event.sequence,
        event.component.getFirstPropertyValue('status'),
        event.startDate.toString(),
      ]);
    const early = { ...dayShift, id: 'early', start: '06:00', end: '14:00' };
    published.set(person.actor.id, [on('2026-03-21'), on('2026-03-23', early)]);
    expect(await look()).toEqual([
      ['2026-03-21-night@muster', 0, 'CONFIRMED', '2026-03-21T21:00:00Z'],
      ['2026-03-23-early@muster', 0, 'CONFIRMED', '2026-03-23T05:00:00Z'],
    ]);
    published.set(person.actor.id, [on('2026-03-21', { ...night, start: '23:00' })]);
    expect(await look()).toEqual([
      ['2026-03-21-night@muster', 1, 'CONFIRMED', '2026-03-21T22:00:00Z'],
      ['2026-03-23-early@muster', 1, 'CANCELLED', '2026-03-23T05:00:00Z'],
    ]);
    published.set(person.actor.id, [on('2026-03-21', { ...night, start: '23:00' }), on('2026-03-23', early)]);
    expect(await look()).toEqual([
      ['2026-03-21-night@muster', 1, 'CONFIRMED', '2026-03-21T22:00:00Z'],
      ['2026-03-23-early@muster', 2, 'CONFIRMED', '2026-03-23T05:00:00Z'],
    ]);
  });

  it('twenty calendars of one person that ask at once are told the same, each change once', async () => {
    const person = await w.person({ at: site });
    const path = await makeLink(person);
    // Slow enough that they all look before one of them has noted anything.
    const { daySources } = w.deps;
    w.deps.daySources = async (...asked) => {
      await sleep(20);
      return daySources(...asked);
    };
    // Whoever asks later notes a later time, unless the change was noted before.
    w.deps.clock = {
      now() {
        w.clock.advance({ seconds: 1 });
        return w.clock.now();
      },
    };
    for (const start of ['22:00', '21:00', '20:00']) {
      published.set(person.actor.id, [on('2026-03-21', { ...night, start })]);
      const answers = await Promise.all(Array.from({ length: 20 }, () => feed(path)));
      expect(new Set(answers.map(({ headers }) => headers.get('etag'))).size).toBe(1);
    }
    const [row] = await w.sql<
      { sequence: number }[]
    >`select sequence from calendar_entries where employee_id = ${person.actor.id}`;
    Object.assign(w.deps, { clock: w.clock, daySources });
    expect(row?.sequence).toBe(2);
  });
});
