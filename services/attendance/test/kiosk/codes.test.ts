import { qrAnswer } from '@muster/contracts/http/attendance';
import { requestJson, tokenFor } from '@muster/testing';
import { describe, expect, it } from 'vitest';
import { checkIn, checkOut, countRows, type World } from '../harness.ts';
import { berlin, gate, lisbon, qrOf, world } from './support.ts';

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
