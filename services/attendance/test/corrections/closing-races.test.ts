import { withTransaction } from '@muster/db';
import { v7 } from 'uuid';
import { describe, expect, it, vi } from 'vitest';
import { closeMonthGate, passMonthGate } from '../../src/sql/corrections/month-gate.ts';
import { recomputeDays } from '../../src/verbs/recompute-days.ts';
import type { Client } from '../harness.ts';
import { drain, punch, storedDays } from './facts.ts';
import { ann, hr, late, lock, site, unlock, waitingAtGates, who, work, world } from './month-support.ts';

describe('a month closed while facts arrive', () => {
  it('counts each of them, or shows it waiting', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => world.person({ at: site })));
    let writing = true;
    const write = async ({ actor }: Client): Promise<void> => {
      const one = { employeeId: actor.id, siteId: site };
      for (let day = 1; day <= 28; day++) {
        const date = `2026-10-${String(day).padStart(2, '0')}`;
        await punch(world.sql, one, 'IN', `${date}T08:00:00Z`);
        await punch(world.sql, one, 'OUT', `${date}T16:00:00Z`);
      }
    };
    const follow = async (): Promise<void> => {
      while (writing) await recomputeDays(world.deps, 5);
    };
    const toggle = async (): Promise<void> => {
      while (writing) {
        const locked = await lock({ force: true });
        expect([200, 409]).toContain(locked.status);
        if (locked.status === 200) await unlock();
      }
    };
    const writers = Promise.all(people.map(write)).then(() => {
      writing = false;
    });
    await Promise.all([writers, follow(), follow(), toggle()]);
    const last = await lock({ force: true });
    expect(last.status).toBe(200);
    await drain(world.deps);
    for (const { actor } of people) {
      const days = await storedDays(world.sql, actor.id);
      const waiting = await world.sql`
        select (day::json ->> 'workedMs')::int as worked from waiting_days where employee_id = ${actor.id}`;
      expect(waiting).toEqual([]);
      expect(days.map(({ worked_ms }) => worked_ms)).toEqual(Array(28).fill(8 * 3_600_000));
    }
    expect(
      await world.sql`select 1 from day_queue where employee_id = any(${people.map(({ actor }) => actor.id)})`,
    ).toEqual([]);
  });

  it('waits for whoever decides under the gate, and counts what they decided', async () => {
    await punch(world.sql, who, 'IN', '2026-10-05T08:00:00Z');
    let locked = false;
    let locking: ReturnType<typeof lock> | undefined;
    await withTransaction(world.sql, async (tx) => {
      await passMonthGate(tx);
      await tx`
        insert into corrections (id, employee_id, change, type, occurred_at, decided_at, decided_by)
        values (${v7()}, ${ann.actor.id}, 'add', 'OUT', '2026-10-05T16:00:00Z', now(), ${hr.actor.id})`;
      locking = lock();
      void locking.then(() => {
        locked = true;
      });
      await vi.waitFor(async () => expect(locked || (await waitingAtGates()) > 0).toBe(true), 20_000);
    });
    expect((await locking)?.status).toBe(200);
    expect((await late()).body.data).toEqual([]);
    expect(await storedDays(world.sql, ann.actor.id)).toMatchObject([{ worked_ms: 8 * 3_600_000 }]);
  });

  it('settles entries that a worker was about to take: behind the gate none is in its hands', async () => {
    await work('2026-10-05');
    let following: Promise<number> | undefined;
    await withTransaction(world.sql, async (tx) => {
      await closeMonthGate(tx);
      following = recomputeDays(world.deps);
      await vi.waitFor(async () => expect(await waitingAtGates()).toBe(1), 20_000);
      const there = await tx`select seq from day_queue where employee_id = ${ann.actor.id}`;
      const free = await tx`select seq from day_queue where employee_id = ${ann.actor.id} for update skip locked`;
      expect(there.length).toBeGreaterThan(0);
      expect(free.length).toBe(there.length);
    });
    await following;
    expect(await storedDays(world.sql, ann.actor.id)).toMatchObject([{ worked_ms: 8 * 3_600_000 }]);
  });
});
