import { describe, expect, it } from 'vitest';
import { punch } from './facts.ts';
import { addOut, ann, ask, boss, decide, facts, hr, path, site, who, world } from './support.ts';

describe('in a closed month', () => {
  const lock = (force = false) =>
    hr.send('POST', '/api/attendance/months/2026-10/lock', { body: { siteId: site, force } });

  it('nothing is asked for, and nothing approved', async () => {
    const inId = await punch(world.sql, who, 'IN', '2026-10-05T08:00:00Z');
    const asked = await ask(ann, { ...addOut, occurredAt: '2026-10-05T16:00:00Z' });
    await lock(true);
    const refused = { status: 409, body: { code: 'month_locked' } };
    expect(await decide(boss, asked.body.id)).toMatchObject(refused);
    expect(await ask(ann, { change: 'void', targetId: inId, reason: 'x' })).toMatchObject(refused);
    expect(await ask(hr, { ...addOut, occurredAt: '2026-10-06T16:00:00Z', employeeId: ann.actor.id })).toMatchObject(
      refused,
    );
    // Into the month, and out of it.
    const now = await punch(world.sql, who, 'IN', '2026-11-05T08:00:00Z');
    const move = { change: 'replace', type: 'IN', reason: 'x' };
    expect(await ask(ann, { ...move, targetId: now, occurredAt: '2026-10-31T08:00:00Z' })).toMatchObject(refused);
    expect(await ask(ann, { ...move, targetId: inId, occurredAt: '2026-11-06T08:00:00Z' })).toMatchObject(refused);
    expect(await facts()).toEqual([]);
    expect((await ann.send('GET', `${path}/${asked.body.id}`)).body).toMatchObject({ status: 'pending' });
    await hr.send('POST', '/api/attendance/months/2026-10/unlock', { body: { siteId: site, reason: 'x' } });
    expect((await decide(boss, asked.body.id)).status).toBe(200);
  });

  it('the end of a night that began in it belongs to it; the morning after does not', async () => {
    await punch(world.sql, who, 'IN', '2026-10-31T21:30:00Z');
    await lock(true);
    expect(await ask(ann, { ...addOut, occurredAt: '2026-11-01T05:00:00Z' })).toMatchObject({ status: 409 });
    await punch(world.sql, who, 'IN', '2026-11-02T08:00:00Z');
    expect((await ask(ann, { ...addOut, occurredAt: '2026-11-02T16:00:00Z' })).status).toBe(201);
  });
});
