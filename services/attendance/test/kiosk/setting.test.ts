import { requestJson, tokenFor } from '@muster/testing';
import { describe, expect, it } from 'vitest';
import { purgeKiosk } from '../../src/verbs/purge-kiosk.ts';
import { checkIn } from '../harness.ts';
import { berlin, byPin, gate, lisbon, outbox, pin, qrOf, start, withPin, world, wrongPins } from './support.ts';

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
