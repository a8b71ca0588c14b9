import { type BoardFacts, boardStateAt, type EventEnvelope, withChange } from '@muster/contracts';
import { type TestDatabase, testDatabase, tokenFor } from '@muster/testing';
import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PresenceChange } from '../src/domain/presence.ts';
import { closeClients, connect } from './support/client.ts';
import { envelope, person, user } from './support/events.ts';
import { listeningService, migrations } from './support/service.ts';

let database: TestDatabase;
let service: Awaited<ReturnType<typeof listeningService>>;
const until = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 20 });
beforeAll(async () => {
  database = await testDatabase({ folder: migrations });
  service = await listeningService(database.sql);
});
afterEach(closeClients);
afterAll(async () => {
  await service.stop();
  await database.drop();
});

const siteId = v7();
const [hr, manager, other] = [user('hr'), user('manager'), user('manager')];

async function listen(actor: typeof hr) {
  const client = await connect(service.url, '/attendance', { token: await tokenFor(actor) });
  const changes: PresenceChange[] = [];
  const stale: string[] = [];
  client.socket.on('presence', (told) => changes.push(...told.changes));
  client.socket.on('boardChanged', (told) => stale.push(...told.employeeIds));
  return { changes, stale };
}
async function worker(managerId: string): Promise<string> {
  const employeeId = v7();
  await service.deliver(envelope('employee.employee-created.v1', { employeeId, after: { ...person(), managerId } }));
  return employeeId;
}

/** A day of somebody: in at 9, a break from 11 to 12, out at 17. */
function dayOf(employeeId: string): EventEnvelope[] {
  const at = (time: string): string => `2026-11-20T${time}:00.000Z`;
  const session = { attendanceId: v7(), employeeId, siteId, date: '2026-11-20' };
  const stay = { ...session, zone: 'UTC', checkInAt: at('09:00'), source: 'web' as const };
  return [
    envelope('attendance.checked-in.v1', { ...stay, checkOutAt: null }),
    envelope('attendance.break-started.v1', { ...session, at: at('11:00') }),
    envelope('attendance.break-ended.v1', { ...session, at: at('12:00'), startedAt: at('11:00') }),
    envelope('attendance.checked-out.v1', { ...stay, checkOutAt: at('17:00'), workedMinutes: 420 }),
  ];
}

describe('a board behind a socket', () => {
  it('follows who comes, goes on a break, and leaves', async () => {
    const { changes } = await listen(hr);
    const employeeId = await worker(manager.id);
    const midnight = Date.parse('2026-11-20T00:00:00Z');
    let facts: BoardFacts = {
      dayFromMs: midnight,
      dayUntilMs: midnight + 86_400_000,
      shifts: [],
      leave: [],
      stays: [],
    };
    const states = [];
    for (const [n, event] of dayOf(employeeId).entries()) {
      await service.deliver(event);
      await until(() => expect(changes).toHaveLength(n + 1));
      facts = withChange(facts, changes[n] as PresenceChange);
      states.push(boardStateAt(facts, Date.parse('2026-11-20T18:00:00Z')));
    }
    expect(states).toEqual(['in', 'on_break', 'in', 'done']);
  });

  it('comes to the same whatever order events arrive in', async () => {
    const { changes } = await listen(hr);
    const employeeId = await worker(manager.id);
    const [came, wentOnBreak, cameBack] = dayOf(employeeId) as [
      EventEnvelope,
      EventEnvelope,
      EventEnvelope,
      EventEnvelope,
    ];
    for (const event of [cameBack, came, wentOnBreak]) await service.deliver(event);
    await until(() => expect(changes).toHaveLength(3));
    const start: BoardFacts = { dayFromMs: 0, dayUntilMs: Number.MAX_SAFE_INTEGER, shifts: [], leave: [], stays: [] };
    expect(boardStateAt(changes.reduce(withChange, start), Date.parse('2026-11-20T13:00:00Z'))).toBe('in');
  });

  it('hears of whom to ask again, as far as the listener may know them', async () => {
    const [everything, mine, theirs] = await Promise.all([listen(hr), listen(manager), listen(other)]);
    const [report, stranger] = [await worker(manager.id), await worker(v7())];
    await service.deliver(envelope('attendance.board-changed.v1', { employeeIds: [report, stranger, manager.id] }));
    await until(() => {
      expect(everything.stale.toSorted()).toEqual([report, stranger, manager.id].toSorted());
      expect(mine.stale.toSorted()).toEqual([report, manager.id].toSorted());
    });
    expect(theirs.stale).toEqual([]);
  });
});
