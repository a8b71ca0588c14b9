import { eventSchemas } from '@muster/contracts';
import { punchAnswer } from '@muster/contracts/http/attendance';
import { describe, expect, it } from 'vitest';
import { checkIn, checkOut, countRows } from '../harness.ts';
import { berlin, byPin, gate, lisbon, outbox, pin, withPin, world } from './support.ts';

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
