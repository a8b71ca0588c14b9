import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { punch } from './facts.ts';
import { addOut, ann, ask, boss, decide, hr, path, site, world } from './support.ts';

describe('who may', () => {
  it('nobody decides about their own time, whatever their role', async () => {
    const admin = await world.person({ role: 'admin', at: site });
    for (const client of [boss, hr, admin]) {
      const own = await ask(client, addOut);
      expect(own).toMatchObject({ status: 201, body: { status: 'pending' } });
      expect(await ask(client, { ...addOut, type: 'IN', employeeId: client.actor.id })).toMatchObject({
        body: { status: 'pending' },
      });
      for (const what of ['approve', 'reject'])
        expect(await decide(client, own.body.id, what)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
    await expect(
      world.sql`
        insert into correction_requests (id, employee_id, change, type, occurred_at, status, asked_by, asked_at, decided_by, decided_at)
        values (${v7()}, ${ann.actor.id}, 'add', 'IN', now(), 'approved', ${ann.actor.id}, now(), ${ann.actor.id}, now())`,
    ).rejects.toThrow(/check/);
  });

  it('managers decide about the people below them; for everybody else there is nothing', async () => {
    const other = await world.person({ role: 'manager', at: site });
    const peer = await world.person({ at: site });
    const { body } = await ask(ann, addOut);
    for (const [client, status] of [
      [other, 404],
      [peer, 403],
      [ann, 403],
    ] as const)
      expect((await decide(client, body.id)).status).toBe(status);
    for (const client of [other, peer]) {
      expect((await client.send('GET', `${path}/${body.id}`)).status).toBe(404);
      expect((await client.send('GET', path)).body.data).toEqual([]);
      expect((await client.send('GET', `${path}?employeeId=${ann.actor.id}`)).body.data).toEqual([]);
    }
    expect((await ask(other, { ...addOut, employeeId: ann.actor.id })).status).toBe(404);
    expect((await ask(peer, { ...addOut, employeeId: ann.actor.id })).status).toBe(403);
    expect((await ask(hr, { ...addOut, employeeId: v7() })).status).toBe(404);
    expect((await ask(await world.person({ role: 'kiosk' }), addOut)).status).toBe(403);
    for (const client of [ann, boss, hr])
      expect((await client.send('GET', `${path}?employeeId=${ann.actor.id}`)).body.data).toMatchObject([
        { id: body.id, changes: null },
      ]);
    expect((await boss.send('GET', `${path}?status=pending`)).body.data).toHaveLength(1);
    expect((await boss.send('GET', `${path}?status=approved`)).body.data).toEqual([]);
  });

  it('a target is a fact of the person, and what is asked for makes sense', async () => {
    const other = await world.person({ at: site });
    const theirs = await punch(world.sql, { employeeId: other.actor.id, siteId: site }, 'IN', '2026-11-19T08:00:00Z');
    for (const targetId of [theirs, v7()])
      expect((await ask(ann, { change: 'void', targetId, reason: 'x' })).status).toBe(404);
    for (const body of [
      { change: 'add', reason: 'x' },
      { ...addOut, targetId: theirs },
      { change: 'void', targetId: theirs, type: 'IN', reason: 'x' },
      { change: 'replace', targetId: theirs, reason: 'x' },
      { ...addOut, reason: '' },
      { ...addOut, reason: undefined },
      { ...addOut, occurredAt: '1999-12-31T23:59:59Z' },
      { ...addOut, occurredAt: '2026-11-20T09:01:01Z' },
      { ...addOut, more: 1 },
    ])
      expect((await ask(ann, body)).status).toBe(400);
    expect((await ask(ann, { ...addOut, occurredAt: '2026-11-20T09:01:00Z' })).status).toBe(201);
  });
});
