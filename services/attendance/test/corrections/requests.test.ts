import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { drain, punch, storedDays } from './facts.ts';
import { addOut, ann, ask, boss, decide, facts, hr, path, told, who, world } from './support.ts';

describe('a correction', () => {
  it('waits for somebody else, becomes a fact, and leaves what it corrects', async () => {
    const inId = await punch(world.sql, who, 'IN', '2026-11-19T08:00:00Z');
    await punch(world.sql, who, 'OUT', '2026-11-19T16:00:00Z');
    await drain(world.deps);
    const asked = await ask(ann, {
      change: 'replace',
      targetId: inId,
      type: 'IN',
      occurredAt: '2026-11-19T07:00:00Z',
      reason: 'Came at eight',
    });
    expect(asked.status).toBe(201);
    expect(asked.headers.get('location')).toBe(`${path}/${asked.body.id}`);
    expect(asked.body).toMatchObject({
      status: 'pending',
      askedBy: ann.actor.id,
      decidedBy: null,
      target: { id: inId, kind: 'punch', type: 'IN', occurredAt: '2026-11-19T08:00:00.000Z', source: 'kiosk' },
      changes: [{ date: '2026-11-19', before: { workedMinutes: 480 }, after: { workedMinutes: 540 } }],
    });
    expect(await facts()).toEqual([]);

    const approved = await decide(boss, asked.body.id, 'approve', { note: 'Seen' });
    expect(approved.status).toBe(200);
    expect(approved.body).toMatchObject({
      status: 'approved',
      decidedBy: boss.actor.id,
      note: 'Seen',
      version: 2,
      changes: [{ date: '2026-11-19', before: { workedMinutes: 480 }, after: { workedMinutes: 540 } }],
    });
    expect(await facts()).toMatchObject([{ id: asked.body.id, change: 'replace', decided_by: boss.actor.id }]);
    expect(await world.sql`select id from punches where id = ${inId}`).toHaveLength(1);
    await drain(world.deps);
    expect(await storedDays(world.sql, ann.actor.id)).toMatchObject([{ worked_ms: 9 * 3_600_000 }]);
    expect((await ann.send('GET', `${path}/${asked.body.id}`)).body).toEqual(approved.body);
    expect(await told()).toEqual(['correction-requested', 'correction-approved']);

    const explained = await boss.send('GET', `/api/attendance/explain/${ann.actor.id}/2026-11-19`);
    expect(explained.body.facts).toMatchObject([
      { id: asked.body.id, kind: 'correction', change: 'replace', targetId: inId, counts: true },
      { id: inId, kind: 'punch', type: 'IN', occurredAt: '2026-11-19T08:00:00.000Z', counts: false },
      { type: 'OUT', counts: true },
    ]);
  });

  it('of one that was corrected is a correction of the last word; voiding it brings back what stood before', async () => {
    const inId = await punch(world.sql, who, 'IN', '2026-11-19T08:00:00Z');
    await punch(world.sql, who, 'OUT', '2026-11-19T16:00:00Z');
    const change = { change: 'replace', type: 'IN', reason: 'Came earlier', employeeId: ann.actor.id };
    const first = await ask(boss, { ...change, targetId: inId, occurredAt: '2026-11-19T07:00:00Z' });
    expect(first).toMatchObject({ status: 201, body: { status: 'approved', decidedBy: boss.actor.id } });
    expect(await ask(boss, { ...change, targetId: inId, occurredAt: '2026-11-19T06:00:00Z' })).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
    const second = await ask(hr, { ...change, targetId: first.body.id, occurredAt: '2026-11-19T06:00:00Z' });
    expect(second.body.changes).toMatchObject([{ after: { workedMinutes: 600 } }]);
    const back = { change: 'void', employeeId: ann.actor.id, reason: 'Not so' };
    expect((await ask(hr, { ...back, targetId: first.body.id })).status).toBe(409);
    expect((await ask(hr, { ...back, targetId: second.body.id })).body.changes).toMatchObject([
      { before: { workedMinutes: 600 }, after: { workedMinutes: 540 } },
    ]);
    expect((await ask(hr, { ...back, targetId: first.body.id })).body.changes).toMatchObject([
      { before: { workedMinutes: 540 }, after: { workedMinutes: 480 } },
    ]);
    expect((await ask(hr, { ...back, targetId: inId })).body.changes).toMatchObject([
      { before: { workedMinutes: 480 }, after: { workedMinutes: 0 } },
    ]);
    expect(await facts()).toHaveLength(5);
  });

  it('is rejected or taken back once, and then makes no fact any more', async () => {
    await punch(world.sql, who, 'IN', '2026-11-19T08:00:00Z');
    const first = await ask(ann, addOut);
    expect((await decide(boss, first.body.id, 'withdraw')).status).toBe(404);
    expect(await decide(boss, first.body.id, 'reject', { note: 'No' })).toMatchObject({
      status: 200,
      body: { status: 'rejected', note: 'No', decidedBy: boss.actor.id },
    });
    const second = await ask(ann, addOut);
    expect(await decide(ann, second.body.id, 'withdraw')).toMatchObject({ status: 200, body: { status: 'withdrawn' } });
    for (const id of [first.body.id, second.body.id])
      for (const [client, what] of [
        [boss, 'approve'],
        [boss, 'reject'],
        [ann, 'withdraw'],
      ] as const)
        expect(await decide(client, id, what)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(await facts()).toEqual([]);
    expect(await told()).toEqual([
      'correction-requested',
      'correction-rejected',
      'correction-requested',
      'correction-withdrawn',
    ]);
  });

  it('is asked for once: the same wish waits already, the same key repeats its answer', async () => {
    const headers = { 'idempotency-key': v7() };
    const first = await ask(ann, addOut, headers);
    expect((await ask(ann, addOut, headers)).body).toEqual(first.body);
    expect(await ask(ann, addOut)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect((await ask(ann, { ...addOut, reason: 'Another' }, headers)).status).toBe(422);
    const inId = await punch(world.sql, who, 'IN', '2026-11-19T08:00:00Z');
    expect((await ask(ann, { change: 'void', targetId: inId, reason: 'Not me' })).status).toBe(201);
    const other = { change: 'replace', type: 'IN', occurredAt: '2026-11-19T07:00:00Z', reason: 'Earlier' };
    expect((await ask(ann, { ...other, targetId: inId })).status).toBe(409);
  });
});
