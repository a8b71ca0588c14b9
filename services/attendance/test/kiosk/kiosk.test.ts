import { eventSchemas } from '@muster/contracts';
import { punchAnswer, qrAnswer } from '@muster/contracts/http/attendance';
import { requestJson, tokenFor } from '@muster/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { purgeKiosk } from '../../src/verbs/purge-kiosk.ts';
import { type Client, checkIn, checkOut, countRows, createWorld, type World } from '../harness.ts';

const start = '2026-11-20T09:00:00.250Z';
const pin = '803914';
let world: World;
let berlin: string;
let lisbon: string;
let gate: Client;
beforeAll(async () => {
  world = await createWorld({ now: start });
  berlin = await world.site('Europe/Berlin');
  lisbon = await world.site('Europe/Lisbon');
  gate = await world.kiosk(berlin);
});
afterAll(() => world.drop());
afterEach(() => world.clock.set(start));

const withPin = async (at = berlin): Promise<Client> => {
  const person = await world.person({ at });
  expect((await person.send('PUT', '/api/attendance/pin', { body: { pin } })).status).toBe(204);
  return person;
};
const byPin = (person: Client, typed = pin, extra: object = {}) => ({
  body: { employeeId: person.actor.id, pin: typed, ...extra },
});
const qrOf = async (person: Client): Promise<string> => (await person.send('GET', '/api/attendance/qr')).body.qr;
const outbox = (employeeId: string) =>
  world.sql`select type, payload->'data' as data from outbox where payload->'data'->>'employeeId' = ${employeeId} order by seq`;
const wrongPins = ['803915', '803916', '803917', '803918', '803919'];

describe('a PIN at a kiosk', () => {
  it('checks its person in and out: device kept with the facts, kiosk as actor, person as subject', async () => {
    const ann = await withPin();
    const opened = await checkIn(gate, byPin(ann, pin, { notes: 'forgot my phone' }));
    expect(opened.status).toBe(201);
    expect(punchAnswer.parse(opened.body)).toEqual(opened.body);
    expect(opened.body).toMatchObject({ employeeId: ann.actor.id, siteId: berlin, source: 'kiosk', status: 'open' });
    expect(await checkIn(gate, byPin(ann))).toMatchObject({ status: 409, body: { code: 'already_checked_in' } });
    const closed = await checkOut(gate, byPin(ann));
    expect(closed).toMatchObject({ status: 201, body: { id: opened.body.id, status: 'closed', source: 'kiosk' } });
    expect(await checkOut(gate, byPin(ann))).toMatchObject({ status: 409, body: { code: 'not_checked_in' } });
    const punches =
      await world.sql`select type, source, device_id, notes from punches where employee_id = ${ann.actor.id} order by type`;
    expect(punches).toMatchObject([
      { type: 'IN', source: 'kiosk', device_id: gate.actor.id, notes: 'forgot my phone' },
      { type: 'OUT', source: 'kiosk', device_id: gate.actor.id },
    ]);
    const rows = await outbox(ann.actor.id);
    expect(rows.map(({ type }) => type)).toEqual([
      'attendance.pin-set.v1',
      'attendance.checked-in.v1',
      'attendance.checked-out.v1',
    ]);
    const data = eventSchemas['attendance.checked-in.v1'].parse(rows[1]?.data);
    expect(data.actor).toMatchObject({ id: gate.actor.id, name: 'North gate', role: 'kiosk' });
    expect(JSON.stringify(rows)).not.toContain(pin);
  });

  it('leaves the person free to go on by phone', async () => {
    const ann = await withPin();
    await checkIn(gate, byPin(ann));
    expect(await checkIn(ann)).toMatchObject({ status: 409 });
    expect(await checkOut(ann)).toMatchObject({ status: 201, body: { source: 'kiosk' } });
  });

  it('is repeated by key without a second punch, and no trace of it is in the fingerprint', async () => {
    const ann = await withPin();
    const headers = { 'idempotency-key': 'shift-1' };
    const first = await checkIn(gate, { ...byPin(ann), headers });
    const again = await checkIn(gate, { ...byPin(ann), headers });
    expect([first.status, again.body]).toEqual([201, first.body]);
    expect(await checkIn(gate, { ...byPin(ann, '111222'), headers })).toMatchObject({ status: 403 });
    expect(await checkIn(gate, { ...byPin(ann, pin, { notes: 'x' }), headers })).toMatchObject({ status: 422 });
    const bob = await withPin();
    await checkIn(gate, { ...byPin(bob), headers });
    const hashes = await world.sql`select distinct request_hash from punches where idempotency_key = 'shift-1'`;
    expect(hashes).toHaveLength(1);
  });

  it('of somebody unknown, deleted, or of another site is one answer, right or wrong', async () => {
    const [elsewhere, gone] = [await withPin(lisbon), await withPin()];
    await world.sql`update people set status = 'deleted' where id = ${gone.actor.id}`;
    const nobody = await world.person();
    const answers = [];
    for (const person of [elsewhere, gone, nobody])
      for (const typed of [pin, '803915']) answers.push(await checkIn(gate, byPin(person, typed)));
    for (const { status, body } of answers) {
      expect([status, body.code]).toEqual([404, 'not_found']);
      expect(body.detail).toBe(answers[0]?.body.detail);
    }
    expect(await countRows(world.sql, elsewhere.actor.id)).toMatchObject({ punches: 0 });
    expect(
      await world.sql`select 1 from pin_failures where kind = 'person' and id = ${elsewhere.actor.id}`,
    ).toHaveLength(0);
  });

  it('that is wrong, or of somebody without one, is one answer, and told to the audit log', async () => {
    const ann = await withPin();
    const without = await world.person({ at: berlin });
    const wrong = await checkIn(gate, byPin(ann, '803915'));
    expect(wrong).toMatchObject({ status: 403, body: { code: 'wrong_pin' } });
    expect((await checkIn(gate, byPin(without))).body).toMatchObject({ code: 'wrong_pin', detail: wrong.body.detail });
    const refused = (await outbox(ann.actor.id)).at(-1);
    expect(refused?.type).toBe('attendance.pin-refused.v1');
    expect(eventSchemas['attendance.pin-refused.v1'].parse(refused?.data)).toMatchObject({
      employeeId: ann.actor.id,
      deviceId: gate.actor.id,
      siteId: berlin,
      actor: { role: 'kiosk' },
    });
  });

  it('is for enrolled kiosks alone', async () => {
    const ann = await withPin();
    const loginOnly = await world.person({ role: 'kiosk', at: berlin });
    for (const other of [
      await world.person({ at: berlin }),
      await world.person({ role: 'admin', at: berlin }),
      loginOnly,
    ])
      expect(await checkIn(other, byPin(ann))).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await checkIn(gate)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await gate.send('GET', '/api/attendance/qr')).toMatchObject({ status: 403 });
  });

  it.each([
    ['no PIN', { employeeId: '0198a000-0000-7000-8000-00000000000a' }],
    ['no person', { pin }],
    ['a short PIN', { employeeId: '0198a000-0000-7000-8000-00000000000a', pin: '12345' }],
    ['letters', { employeeId: '0198a000-0000-7000-8000-00000000000a', pin: '12345x' }],
    ['both ways at once', { employeeId: '0198a000-0000-7000-8000-00000000000a', pin, qr: 'MQ1.x' }],
    ['a source of its choice', { employeeId: '0198a000-0000-7000-8000-00000000000a', pin, source: 'web' }],
    ['a device of its choice', { qr: 'MQ1.x', deviceId: '0198a000-0000-7000-8000-00000000000a' }],
    ['nothing in it', { qr: '' }],
  ])('with %s is refused', async (_what, body) => {
    expect(await checkIn(gate, { body })).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
  });
});

describe('guessing PINs', () => {
  it('waits longer with every wrong one, and not even the right one is looked at meanwhile', async () => {
    const ann = await withPin();
    const door = await world.kiosk(berlin);
    for (const typed of wrongPins) expect((await checkIn(door, byPin(ann, typed))).status).toBe(403);
    const early = await checkIn(door, byPin(ann));
    expect(early).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(early.headers.get('retry-after')).toBe('30');
    expect((await checkIn(await world.kiosk(berlin), byPin(ann))).status).toBe(429);
    world.clock.advance({ seconds: 31 });
    expect((await checkIn(door, byPin(ann, '803910'))).status).toBe(403);
    world.clock.advance({ seconds: 31 });
    expect((await checkIn(door, byPin(ann))).headers.get('retry-after')).toBe('29');
    expect((await checkIn(door, { body: { qr: await qrOf(ann) } })).status).toBe(201);
    world.clock.advance({ seconds: 30 });
    expect((await checkOut(door, byPin(ann))).status).toBe(201);
    expect(await world.sql`select 1 from pin_failures where kind = 'person' and id = ${ann.actor.id}`).toHaveLength(0);
  });

  it('in parallel gets no further: five looked at, by each process six at most', async () => {
    const ann = await withPin();
    const door = await world.kiosk(berlin);
    const token = await tokenFor(door.actor);
    const apps = [world.app, world.another()];
    const guesses = Array.from({ length: 200 }, (_, i) => String(400_000 + i));
    const answers = await Promise.all(
      guesses.map((guess, i) => {
        const app = apps[i % 2] as World['app'];
        return requestJson(app, 'POST', '/api/attendance/check-in', { token, ...byPin(ann, guess) });
      }),
    );
    const looked = answers.filter(({ status }) => status === 403).length;
    expect(looked).toBeGreaterThanOrEqual(5);
    expect(looked).toBeLessThanOrEqual(6);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(200 - looked);
  });

  /** A kiosk where so many wrong PINs were typed just now. */
  const kioskAfter = async (failures: number): Promise<Client> => {
    const door = await world.kiosk(berlin);
    await world.sql`insert into pin_failures values ('device', ${door.actor.id}, ${failures}, ${start})`;
    return door;
  };

  it('one PIN on everybody stops at the device, and other devices go on', async () => {
    const door = await kioskAfter(28);
    const statuses = [];
    for (let i = 0; i < 3; i++)
      statuses.push((await checkIn(door, byPin(await world.person({ at: berlin }), '246813'))).status);
    expect(statuses).toEqual([403, 403, 429]);
    const ann = await withPin();
    expect((await checkIn(door, byPin(ann))).headers.get('retry-after')).toBe('10');
    expect((await checkIn(gate, byPin(ann))).status).toBe(201);
  });

  it('ids that nobody has count against the device, too', async () => {
    const door = await kioskAfter(29);
    expect((await checkIn(door, byPin(await world.person()))).status).toBe(404);
    expect((await checkIn(door, byPin(await world.person()))).status).toBe(429);
  });

  it('a kiosk of another site delays nobody', async () => {
    const ann = await withPin();
    const far = await world.kiosk(lisbon);
    for (const typed of [...wrongPins, ...wrongPins]) await checkIn(far, byPin(ann, typed));
    expect((await checkIn(gate, byPin(ann))).status).toBe(201);
  });
});

describe('the code on a phone', () => {
  it('checks its person in once', async () => {
    const ann = await world.person({ at: berlin });
    const shown = await ann.send('GET', '/api/attendance/qr');
    expect(qrAnswer.parse(shown.body)).toEqual(shown.body);
    expect(shown.body.expiresAt).toBe('2026-11-20T09:00:30.250Z');
    expect(shown.headers.get('cache-control')).toBe('no-store');
    const answer = await checkIn(gate, { body: { qr: shown.body.qr } });
    expect(answer).toMatchObject({ status: 201, body: { employeeId: ann.actor.id, source: 'kiosk' } });
    expect(await checkOut(gate, { body: { qr: shown.body.qr } })).toMatchObject({
      status: 403,
      body: { code: 'invalid_qr' },
    });
    expect((await checkOut(gate, { body: { qr: await qrOf(ann) } })).status).toBe(201);
  });

  it('of twenty that show it at once, at two processes, lets one in', async () => {
    const ann = await world.person({ at: berlin });
    const qr = await qrOf(ann);
    const token = await tokenFor(gate.actor);
    const apps = [world.app, world.another()];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        requestJson(apps[i % 2] as World['app'], 'POST', `/api/attendance/check-${i % 3 === 0 ? 'out' : 'in'}`, {
          token,
          body: { qr },
          headers: { 'idempotency-key': `try-${i}` },
        }),
      ),
    );
    const refused = answers.filter(({ body }) => body.code === 'invalid_qr');
    expect(refused).toHaveLength(19);
  });

  it('may be shown again by the same request only, even after it expired', async () => {
    const ann = await world.person({ at: berlin });
    const qr = await qrOf(ann);
    const headers = { 'idempotency-key': 'lost-answer' };
    const first = await checkIn(gate, { body: { qr }, headers });
    world.clock.advance({ seconds: 45 });
    expect(await checkIn(gate, { body: { qr }, headers })).toMatchObject({ status: 201, body: first.body });
    expect(await checkIn(gate, { body: { qr } })).toMatchObject({ status: 403 });
    expect(await countRows(world.sql, ann.actor.id)).toMatchObject({ punches: 1 });
  });

  it('is over after thirty seconds', async () => {
    const ann = await world.person({ at: berlin });
    const qr = await qrOf(ann);
    world.clock.advance({ seconds: 30 });
    expect(await checkIn(gate, { body: { qr }, headers: { 'idempotency-key': 'late' } })).toMatchObject({
      status: 403,
      body: { code: 'invalid_qr' },
    });
  });

  it('of another site, of somebody unknown or deleted says nothing, and stays good where it belongs', async () => {
    const ann = await world.person({ at: berlin });
    const qr = await qrOf(ann);
    const far = await world.kiosk(lisbon);
    const answer = await checkIn(far, { body: { qr } });
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await checkIn(far, { body: { qr: await qrOf(await world.person()) } })).body.detail).toBe(
      answer.body.detail,
    );
    expect((await checkIn(gate, { body: { qr } })).status).toBe(201);
    const gone = await world.person({ at: berlin });
    const last = await qrOf(gone);
    await world.sql`update people set status = 'deleted' where id = ${gone.actor.id}`;
    expect((await checkIn(gate, { body: { qr: last } })).status).toBe(404);
  });

  it('cannot be made up', async () => {
    for (const qr of ['MQ1.AAAA', `MQ1.${'A'.repeat(72)}`, 'https://evil.example'])
      expect(await checkIn(gate, { body: { qr } })).toMatchObject({ status: 403, body: { code: 'invalid_qr' } });
  });
});

describe('setting a PIN', () => {
  it('is one’s own to do; a new one ends the old one, and nothing stored yields it', async () => {
    const ann = await withPin();
    const state = await ann.send('GET', '/api/attendance/pin');
    expect(state.body).toEqual({ isSet: true, setAt: start });
    await ann.send('PUT', '/api/attendance/pin', { body: { pin: '407731' } });
    expect((await checkIn(gate, byPin(ann))).status).toBe(403);
    expect((await checkIn(gate, byPin(ann, '407731'))).status).toBe(201);
    const [row] =
      await world.sql`select row_to_json(p)::text as row from kiosk_pins p where employee_id = ${ann.actor.id}`;
    expect(row?.row).not.toMatch(/407731|803914/);
    const versions = (await outbox(ann.actor.id)).filter(({ type }) => type === 'attendance.pin-set.v1');
    expect(versions.map(({ data }) => data.version)).toEqual([1, 2]);
  });

  it.each([
    ['too easy', { pin: '123456' }],
    ['too short', { pin: '80391' }],
    ['no digits', { pin: 'abcdef' }],
    ['a number', { pin: 803914 }],
    ['somebody else’s', { pin, employeeId: '0198a000-0000-7000-8000-00000000000a' }],
  ])('refuses one that is %s', async (_what, body) => {
    const answer = await (await world.person({ at: berlin })).send('PUT', '/api/attendance/pin', { body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
  });

  it('asks for a token, a person, and no narrowed token', async () => {
    expect((await requestJson(world.app, 'PUT', '/api/attendance/pin', { body: { pin } })).status).toBe(401);
    expect((await gate.send('PUT', '/api/attendance/pin', { body: { pin } })).status).toBe(403);
    const { actor } = await world.person({ at: berlin });
    const token = await tokenFor({ ...actor, scopes: ['attendance.pin', 'attendance.punch'] });
    expect((await requestJson(world.app, 'PUT', '/api/attendance/pin', { token, body: { pin } })).status).toBe(403);
  });

  it('HR resets it, with the delay, and never learns one', async () => {
    const ann = await withPin();
    const hr = await world.person({ role: 'hr', at: lisbon });
    for (const typed of wrongPins) await checkIn(gate, byPin(ann, typed));
    const path = `/api/attendance/pin/${ann.actor.id}`;
    expect((await hr.send('DELETE', path)).status).toBe(204);
    expect((await hr.send('DELETE', path)).status).toBe(204);
    expect((await ann.send('GET', '/api/attendance/pin')).body).toEqual({ isSet: false, setAt: null });
    expect((await checkIn(gate, byPin(ann))).body.code).toBe('wrong_pin');
    await ann.send('PUT', '/api/attendance/pin', { body: { pin } });
    expect((await checkIn(gate, byPin(ann))).status).toBe(201);
    const types = (await outbox(ann.actor.id)).map(({ type }) => type);
    expect(types.filter((type) => type === 'attendance.pin-reset.v1')).toHaveLength(1);
    for (const role of ['employee', 'manager', 'teacher'] as const)
      expect((await (await world.person({ role, at: berlin })).send('DELETE', path)).status).toBe(403);
    expect((await hr.send('DELETE', `/api/attendance/pin/${hr.actor.sessionId}`)).status).toBe(404);
  });
});

it('what nobody needs any more is purged', async () => {
  const ann = await withPin();
  await checkIn(gate, byPin(ann, '803915'));
  await checkIn(gate, { body: { qr: await qrOf(ann) } });
  world.clock.advance({ hours: 49 });
  await purgeKiosk(world.deps);
  const left = await world.sql`select id from used_qrs union all select id from pin_failures`;
  expect([...left]).toEqual([]);
});
