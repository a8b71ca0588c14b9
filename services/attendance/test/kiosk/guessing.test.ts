import { requestJson, tokenFor } from '@muster/testing';
import { describe, expect, it } from 'vitest';
import { type Client, checkIn, checkOut, type World } from '../harness.ts';
import { berlin, byPin, gate, lisbon, qrOf, start, withPin, world, wrongPins } from './support.ts';

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
