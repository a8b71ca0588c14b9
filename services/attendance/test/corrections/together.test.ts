import { requestJson, tokenFor } from '@muster/testing';
import { describe, expect, it } from 'vitest';
import type { Client, World } from '../harness.ts';
import { drain, punch, storedDays } from './facts.ts';
import { addOut, ann, ask, boss, decide, facts, hr, path, told, who, world } from './support.ts';

describe('together', () => {
  const race = (who: Client[], run: (app: World['app'], token: string, i: number) => Promise<{ status: number }>) =>
    Promise.all(who.map((client) => tokenFor(client.actor))).then((tokens) => {
      const apps = [world.app, world.another()];
      return Promise.all(
        Array.from({ length: 50 }, (_, i) => run(apps[i % 2] as World['app'], tokens[i % tokens.length] as string, i)),
      );
    });
  const count = (answers: { status: number }[]) =>
    Object.fromEntries(
      Object.entries(Object.groupBy(answers, ({ status }) => status)).map(([status, all]) => [status, all?.length]),
    );

  it('of fifty approvals by two people in two processes one counts: one fact, one event', async () => {
    const { body } = await ask(ann, addOut);
    const answers = await race([boss, hr], (app, token) =>
      requestJson(app, 'POST', `${path}/${body.id}/approve`, { token, body: {} }),
    );
    expect(count(answers)).toEqual({ 200: 1, 409: 49 });
    expect(await facts()).toHaveLength(1);
    expect(await told()).toEqual(['correction-requested', 'correction-approved']);
  });

  it('of approvals, rejections and a withdrawal at once one counts', async () => {
    for (let round = 0; round < 5; round++) {
      const { body } = await ask(ann, { ...addOut, occurredAt: `2026-11-1${round}T16:00:00Z` });
      const answers = await race([boss, hr, ann], (app, token, i) =>
        requestJson(app, 'POST', `${path}/${body.id}/${['approve', 'reject', 'withdraw'][i % 3]}`, { token, body: {} }),
      );
      expect(count(answers)).toMatchObject({ 200: 1 });
      const [row] = await world.sql`select status from correction_requests where id = ${body.id}`;
      const made = await world.sql`select 1 from corrections where id = ${body.id}`;
      expect(made.length).toBe(row?.status === 'approved' ? 1 : 0);
    }
    expect((await told()).length).toBe(10);
  });

  it('of fifty different corrections of one punch entered at once one counts', async () => {
    const inId = await punch(world.sql, who, 'IN', '2026-11-19T08:00:00Z');
    const answers = await race([boss, hr], (app, token, i) =>
      requestJson(app, 'POST', path, {
        token,
        body: {
          change: 'replace',
          targetId: inId,
          type: 'IN',
          occurredAt: `2026-11-19T07:${String(i).padStart(2, '0')}:00Z`,
          reason: 'x',
          employeeId: ann.actor.id,
        },
      }),
    );
    expect(count(answers)).toEqual({ 201: 1, 409: 49 });
    expect(await facts()).toHaveLength(1);
  });

  it('an approval and the close of its month never both miss each other', async () => {
    for (let round = 0; round < 8; round++) {
      const at = await world.site('Europe/Berlin');
      const one = await world.person({ at, managerId: boss.actor.id });
      await punch(world.sql, { employeeId: one.actor.id, siteId: at }, 'IN', '2026-10-05T08:00:00Z');
      const { body } = await ask(one, { ...addOut, occurredAt: '2026-10-05T16:00:00Z' });
      const [approved, locked] = await Promise.all([
        decide(boss, body.id),
        hr.send('POST', '/api/attendance/months/2026-10/lock', { body: { siteId: at, force: true } }),
      ]);
      expect(locked.status).toBe(200);
      await drain(world.deps);
      const [day] = await storedDays(world.sql, one.actor.id);
      // Counted in the closed month, or refused by it.
      expect([approved.status, day?.worked_ms]).toEqual(approved.status === 200 ? [200, 8 * 3_600_000] : [409, 0]);
      expect(await world.sql`select 1 from waiting_days where employee_id = ${one.actor.id}`).toEqual([]);
    }
  });
});
