import type { SyncPunch } from '@muster/contracts/http/attendance';
import { describe, expect, it } from 'vitest';
import { shuffled } from '../days/random-record.ts';
import { at, berlin, derived, gate, minute, punch, statuses, sync, world } from './support.ts';

const types: SyncPunch['type'][] = ['IN', 'OUT', 'IN', 'OUT', 'BREAK_START', 'BREAK_END'];

describe('any order, repetition and split, over two processes at once', () => {
  it('are the same facts, sessions and days, byte for byte', async () => {
    const processes = [world.app, world.another()] as const;
    for (let seed = 1; seed <= 12; seed++) {
      const ann = await world.person({ at: berlin });
      const punches = Array.from({ length: 24 }, (_, i) =>
        punch(
          types[(seed * 7 + i * 5) % types.length] ?? 'IN',
          new Date(Date.parse('2026-11-16T00:00:00Z') + ((seed * 104_729 + i * 7_919) % 6000) * minute).toISOString(),
        ),
      );
      await sync(ann, punches);
      const whole = await derived(ann);
      for (const table of ['punches', 'attendance_sessions', 'attendance_days'])
        await world.sql`delete from ${world.sql(table)} where employee_id = ${ann.actor.id}`;
      const mixed = shuffled([...punches, ...punches.slice(0, 12)], seed);
      const parts = [mixed.slice(0, 9), mixed.slice(5, 20), mixed.slice(18), shuffled(mixed, seed + 1).slice(0, 11)];
      const all = await Promise.all(parts.map((part, i) => statuses(sync(ann, part, {}, processes[i % 2]))));
      expect(all.flat().filter((status) => status === 'accepted')).toHaveLength(24);
      expect(await derived(ann)).toEqual(whole);
    }
  });

  it('however many sessions a day has', async () => {
    const ann = await world.person({ at: berlin });
    const punches = Array.from({ length: 800 }, (_, i) =>
      punch(i % 2 === 0 ? 'IN' : 'OUT', new Date(Date.parse(at('00:00')) + i * 40_000).toISOString()),
    );
    for (const part of [punches.slice(700), punches.slice(0, 700), [punch('IN', at('11:00'))]])
      expect(await statuses(sync(ann, part))).toEqual(Array(part.length).fill('accepted'));
    const [row] = await world.sql`
      select count(*)::int as sessions, count(*) filter (where check_out_at is null)::int as open
      from attendance_sessions where employee_id = ${ann.actor.id}`;
    expect(row).toEqual({ sessions: 401, open: 1 });
  });

  it('a thousand of a hundred people in one call, and again', async () => {
    const people = await Promise.all(Array.from({ length: 100 }, () => world.person({ at: berlin })));
    const punches = people.flatMap(({ actor: { id: employeeId } }, i) =>
      Array.from({ length: 10 }, (_, n) =>
        punch(
          n % 2 === 0 ? 'IN' : 'OUT',
          new Date(Date.parse(at('00:00')) + (n * 60 + (i % 50)) * minute).toISOString(),
          {
            employeeId,
          },
        ),
      ),
    );
    expect(await statuses(sync(gate, shuffled(punches, 5)))).toEqual(Array(1000).fill('accepted'));
    expect(await statuses(sync(gate, punches))).toEqual(Array(1000).fill('duplicate'));
    const [row] = await world.sql`
      select count(*)::int as sessions, count(*) filter (where check_out_at is null)::int as open
      from attendance_sessions where employee_id = any(${people.map(({ actor }) => actor.id)}::uuid[])`;
    expect(row).toEqual({ sessions: 500, open: 0 });
  });
});
