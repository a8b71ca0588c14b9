import { eventSchemas } from '@muster/contracts';
import { punchAnswer } from '@muster/contracts/http/attendance';
import { requestJson } from '@muster/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkIn, checkOut, countRows, createWorld, defaultSite, type World } from '../harness.ts';

let world: World;
let berlin: string;
beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T09:00:00.250Z' });
  berlin = await world.site('Europe/Berlin');
});
afterAll(() => world.drop());

describe('check-in', () => {
  it('opens a session at the site, and stores the fact and the event with it', async () => {
    const ann = await world.person({ at: berlin });
    const wakes = world.bus.relay.wakes;
    const body = { latitude: 52.5, longitude: 13.4, accuracyM: 12.5, notes: 'gate 2', source: 'mobile' };
    const answer = await checkIn(ann, { body, headers: { 'x-request-id': 'door-7', 'user-agent': 'phone/1' } });
    expect(answer.status).toBe(201);
    expect(punchAnswer.parse(answer.body)).toEqual(answer.body);
    expect(answer.body).toMatchObject({
      employeeId: ann.actor.id,
      siteId: berlin,
      date: '2026-11-20',
      zone: 'Europe/Berlin',
      checkInAt: '2026-11-20T09:00:00.250Z',
      checkOutAt: null,
      status: 'open',
      workedMinutes: null,
      late: 0,
      lateReason: null,
      occurredAtSource: 'server',
    });
    expect(answer.headers.get('location')).toBe(`/api/attendance/${answer.body.id}`);
    expect(answer.headers.get('x-request-id')).toBe('door-7');
    expect(world.bus.relay.wakes).toBeGreaterThan(wakes);
    const [punch] = await world.sql`select * from punches where employee_id = ${ann.actor.id}`;
    expect(punch).toMatchObject({
      attendance_id: answer.body.id,
      type: 'IN',
      source: 'mobile',
      zone: 'Europe/Berlin',
      utc_offset_minutes: 60,
      local_date: '2026-11-20',
      latitude: 52.5,
      longitude: 13.4,
      accuracy_m: 12.5,
      notes: 'gate 2',
      claimed_at: null,
    });
    const [row] = await world.sql`select * from outbox where subject = ${answer.body.id}`;
    expect(row).toMatchObject({ topic: 'attendance', type: 'attendance.checked-in.v1', id: row?.payload.id });
    const data = eventSchemas['attendance.checked-in.v1'].parse(row?.payload.data);
    expect(data).toMatchObject({ attendanceId: answer.body.id, version: 1, actor: { userAgent: 'phone/1' } });
    expect(JSON.stringify(row?.payload)).not.toContain(ann.actor.email);
  });

  it.each(['check-in', 'check-out'])('refuses a query at %s, and stores nothing', async (punch) => {
    const ann = await world.person({ at: berlin });
    const answer = await ann.send('POST', `/api/attendance/${punch}?occurredAt=2026-01-01`);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'occurredAt', in: 'query' }] } });
    expect(await countRows(world.sql, ann.actor.id)).toMatchObject({ punches: 0, outbox: 0 });
  });

  it('lets a valid token in whose person has not arrived yet, at the default site', async () => {
    const answer = await checkIn(await world.person());
    expect(answer).toMatchObject({ status: 201, body: { siteId: defaultSite, zone: 'Europe/Berlin' } });
  });

  it('keeps the time a client claims beside the server’s, which counts', async () => {
    const bob = await world.person({ at: berlin });
    const answer = await checkIn(bob, { body: { occurredAt: '2026-11-20T07:00:00+01:00' } });
    expect(answer.body).toMatchObject({ checkInAt: '2026-11-20T09:00:00.250Z', occurredAtSource: 'server' });
    const [punch] = await world.sql`select claimed_at from punches where employee_id = ${bob.actor.id}`;
    expect(punch?.claimed_at).toEqual(new Date('2026-11-20T06:00:00Z'));
  });

  it('refuses the second one', async () => {
    const cat = await world.person({ at: berlin });
    await checkIn(cat);
    expect(await checkIn(cat)).toMatchObject({ status: 409, body: { code: 'already_checked_in' } });
    expect(await countRows(world.sql, cat.actor.id)).toEqual({ sessions: 1, punches: 1, outbox: 1 });
  });

  it('refuses a deleted person, whose token still lives', async () => {
    const dan = await world.person({ at: berlin });
    await world.sql`update people set status = 'deleted' where id = ${dan.actor.id}`;
    expect(await checkIn(dan)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await countRows(world.sql, dan.actor.id)).toEqual({ sessions: 0, punches: 0, outbox: 0 });
  });

  it.each([
    ['an unknown field', { body: { employeeId: defaultSite } }, 400, 'invalid_input'],
    ['a wrong type', { body: { latitude: '52', longitude: 13 } }, 400, 'invalid_input'],
    ['half a place', { body: { latitude: 52 } }, 400, 'invalid_input'],
    ['a source that is not a person’s to name', { body: { source: 'auto' } }, 400, 'invalid_input'],
    ['a time out of the world', { body: { occurredAt: '0000-01-01T00:00:00Z' } }, 400, 'invalid_input'],
    ['a NUL', { body: { notes: 'a\u0000b' } }, 400, 'invalid_input'],
    [
      'half a character',
      { raw: '{"notes":"\\ud800"}', headers: { 'content-type': 'application/json' } },
      400,
      'invalid_input',
    ],
    ['an array', { body: [] }, 400, 'invalid_input'],
    ['broken JSON', { raw: '{', headers: { 'content-type': 'application/json' } }, 400, 'invalid_json'],
    ['another content type', { raw: 'x=1', headers: { 'content-type': 'text/plain' } }, 415, 'unsupported_media_type'],
    ['a long body', { body: { notes: 'x'.repeat(20_000) } }, 413, 'body_too_large'],
    ['a long key', { headers: { 'idempotency-key': 'k'.repeat(201) } }, 400, 'invalid_input'],
  ])('refuses %s and stores nothing', async (_name, request, status, code) => {
    const eve = await world.person({ at: berlin });
    const answer = await checkIn(eve, request);
    expect(answer).toMatchObject({ status, body: { code, status } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await countRows(world.sql, eve.actor.id)).toEqual({ sessions: 0, punches: 0, outbox: 0 });
  });

  it('names each bad field', async () => {
    const answer = await checkIn(await world.person(), { body: { accuracyM: -1, foo: 1 } });
    expect(answer.body.errors.map((one: { field: string; in: string }) => [one.field, one.in]).sort()).toEqual([
      ['accuracyM', 'body'],
      ['foo', 'body'],
    ]);
  });

  it('asks for a token, and a person’s role', async () => {
    expect(await requestJson(world.app, 'POST', '/api/attendance/check-in')).toMatchObject({ status: 401 });
    expect(await requestJson(world.app, 'POST', '/api/attendance/check-in', { token: 'x.y.z' })).toMatchObject({
      status: 401,
    });
    expect(await checkIn(await world.person({ role: 'kiosk', at: berlin }))).toMatchObject({ status: 403 });
  });
});

describe('check-out', () => {
  it('closes the session and tells the minutes, rounded down', async () => {
    const fay = await world.person({ at: berlin });
    const opened = await checkIn(fay);
    world.clock.advance({ hours: 8, minutes: 30, seconds: 59 });
    const closed = await checkOut(fay, { body: { notes: 'bye' } });
    world.clock.set('2026-11-20T09:00:00.250Z');
    expect(closed.status).toBe(201);
    expect(closed.body).toEqual({
      ...opened.body,
      status: 'closed',
      checkOutAt: '2026-11-20T17:30:59.250Z',
      workedMinutes: 510,
    });
    const rows =
      await world.sql`select type, payload->'data' as data from outbox where subject = ${opened.body.id} order by seq`;
    const data = eventSchemas['attendance.checked-out.v1'].parse(rows[1]?.data);
    expect(data).toMatchObject({ version: 2, workedMinutes: 510, checkOutAt: closed.body.checkOutAt });
    expect(await checkIn(fay)).toMatchObject({ status: 201 });
  });

  it('refuses who is not in', async () => {
    const gus = await world.person({ at: berlin });
    expect(await checkOut(gus)).toMatchObject({ status: 409, body: { code: 'not_checked_in' } });
    await checkIn(gus);
    await checkOut(gus);
    expect(await checkOut(gus)).toMatchObject({ status: 409, body: { code: 'not_checked_in' } });
    expect(await countRows(world.sql, gus.actor.id)).toEqual({ sessions: 1, punches: 2, outbox: 2 });
  });

  it('never ends before it began, whatever another process’ clock said', async () => {
    const hal = await world.person({ at: berlin });
    await checkIn(hal);
    world.clock.set('2026-11-20T08:59:00Z');
    const closed = await checkOut(hal);
    world.clock.set('2026-11-20T09:00:00.250Z');
    expect(closed.body).toMatchObject({ checkOutAt: '2026-11-20T09:00:00.250Z', workedMinutes: 0 });
  });
});
