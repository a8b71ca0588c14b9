import { describe, expect, it } from 'vitest';
import type { Client } from '../harness.ts';
import { drain, punch } from './facts.ts';
import { ann, ask, boss, hr, site, who, world } from './support.ts';

describe('conflicts', () => {
  it('are listed with their facts, and gone once one of them is voided', async () => {
    await punch(world.sql, who, 'OUT', '2026-11-19T16:00:00Z');
    const entered = await ask(boss, {
      change: 'add',
      type: 'IN',
      occurredAt: '2026-11-19T08:00:00Z',
      employeeId: ann.actor.id,
      reason: 'Seen',
    });
    const synced = await punch(world.sql, who, 'IN', '2026-11-19T07:00:00Z');
    await drain(world.deps);
    const conflicts = (client: Client, query = '') =>
      client.send('GET', `/api/attendance/conflicts?from=2026-11-01${query}`);
    const expected = {
      employeeId: ann.actor.id,
      date: '2026-11-19',
      conflicts: [{ kind: 'TWO_CHECK_INS', countedId: entered.body.id }],
    };
    for (const client of [ann, boss, hr]) {
      const { body } = await conflicts(client, `&employeeId=${ann.actor.id}`);
      expect(body.data).toMatchObject([expected]);
      expect(body.data[0].facts).toMatchObject([
        { id: synced, kind: 'punch' },
        { id: entered.body.id, kind: 'correction', change: 'add' },
        { kind: 'punch', type: 'OUT' },
      ]);
    }
    expect((await conflicts(boss)).body.data).toHaveLength(1);
    expect((await conflicts(boss, '&to=2026-11-18')).body.data).toEqual([]);
    const other = await world.person({ role: 'manager', at: site });
    expect((await conflicts(other)).body.data).toEqual([]);
    await ask(boss, { change: 'void', targetId: synced, employeeId: ann.actor.id, reason: 'Nine it was' });
    await drain(world.deps);
    expect((await conflicts(boss)).body.data).toEqual([]);
  });

  it('are paged by an index, whoever looks', async () => {
    for (const day of ['12', '13', '14']) {
      await punch(world.sql, who, 'IN', `2026-11-${day}T07:00:00Z`);
      await ask(boss, {
        change: 'add',
        type: 'IN',
        occurredAt: `2026-11-${day}T08:00:00Z`,
        employeeId: ann.actor.id,
        reason: 'x',
      });
    }
    await drain(world.deps);
    for (const client of [boss, hr]) {
      const dates: string[] = [];
      for (let cursor = ''; ; ) {
        const { body } = await client.send(
          'GET',
          `/api/attendance/conflicts?employeeId=${ann.actor.id}&limit=1${cursor}`,
        );
        dates.push(...body.data.map(({ date }: { date: string }) => date));
        if (body.meta.nextCursor === null) break;
        cursor = `&cursor=${body.meta.nextCursor}`;
      }
      expect(dates).toEqual(['2026-11-14', '2026-11-13', '2026-11-12']);
    }
  });
});
