import { withTransaction } from '@muster/db';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { Session } from '../../src/domain/session.ts';
import { findOpenSessions } from '../../src/sql/find-open-sessions.ts';
import { recomputeDays } from '../../src/verbs/recompute-days.ts';
import { publish, shiftType } from '../rosters/fixture.ts';
import { ann, comes, date, drain, early, goes, off, queue, roster, sessions, told, world } from './support.ts';

describe('the worker and the door', () => {
  it('the worker waits for nobody who is at the door, and comes back to them', async () => {
    await comes('05:12:00');
    await drain();
    await publish(world.sql, ann.actor.id, date, [early]);
    await queue();
    let queued = 0;
    await withTransaction(world.sql, async (tx) => {
      await tx`select from attendance_sessions where employee_id = ${ann.actor.id} for update`;
      // Were it to wait this would never come back.
      expect(await recomputeDays(world.deps)).toBe(1);
      queued = (await world.sql`select from day_queue where employee_id = ${ann.actor.id}`).length;
    });
    expect(queued).toBe(1);
    expect((await sessions()).map(told)).toEqual([off]);
    await drain();
    expect((await sessions()).map(told)).toMatchObject([{ shift: 'Early', late: 12 }]);
  });

  it('a check-out closes the session it read, also when the worker was there in between', async () => {
    await comes('05:12:00');
    const open = async (): Promise<Session | undefined> =>
      (await findOpenSessions(world.sql, [ann.actor.id])).get(ann.actor.id);
    const before = await open();
    await roster([early]);
    expect(await open()).toMatchObject({ version: before?.version, late: { minutes: 12 } });
    expect((await goes('13:00:00')).status).toBe('closed');
    expect((await sessions()).map(told)).toMatchObject([{ shift: 'Early', late: 12, earlyExit: 0 }]);
  });

  it('boards hear nothing of what only the door needs', async () => {
    const type = await shiftType(world.sql, { name: `Flexible ${v7()}`, start: '06:00', end: '14:00' });
    await roster([type]);
    const news = async () =>
      (
        await world.sql`select from outbox where type = 'attendance.board-changed.v1' and payload::text like ${`%${ann.actor.id}%`}`
      ).length;
    const before = await news();
    await world.sql`update shift_type_versions set definition = definition || '{"earlyGraceMinutes":15}' where shift_type_id = ${type}`;
    await queue();
    await drain();
    expect(await news()).toBe(before);
    await comes('05:00:00');
    expect(await goes('12:50:00')).toMatchObject({
      earlyExitReason: '10 minutes before 14:00, within the 15 minutes of grace',
    });
    await world.sql`update shift_type_versions set definition = definition || '{"lateGraceMinutes":15}' where shift_type_id = ${type}`;
    await queue();
    await drain();
    expect(await news()).toBe(before + 1);
  });
});
