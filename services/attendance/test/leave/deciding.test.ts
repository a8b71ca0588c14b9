import { requestJson, tokenFor } from '@muster/testing';
import { describe, expect, it } from 'vitest';
import type { World } from '../harness.ts';
import { act, adjust, ask, balanceOf, hr, newType, published, team, w } from './support.ts';

describe('deciding', () => {
  it('of two managers at once has one effect', async () => {
    const type = await newType({ entitlement: 30 });
    const { manager, ann } = await team();
    await adjust(ann.actor.id, type, 10);
    const apps = [w.app, w.another()];
    for (const pair of [
      ['approve', 'approve'],
      ['approve', 'reject'],
      ['reject', 'reject'],
      ['reject', 'cancel'],
    ] as const) {
      const { id } = (await ask(ann, type, '2026-06-01', '2026-06-02')).body;
      const answers = await Promise.all(
        [manager, hr].map(async ({ actor }, n) =>
          requestJson(apps[n] as World['app'], 'POST', `/api/leave/requests/${id}/${pair[n]}`, {
            token: await tokenFor(actor),
          }),
        ),
      );
      // An approved leave can still be cancelled by who decides: of the others one comes too late.
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await published(id)).toHaveLength(2);
      const { status } = (await ann.send('GET', `/api/leave/requests/${id}`)).body;
      expect((await balanceOf(ann, type))?.balance).toBe(status === 'approved' ? 8 : 10);
      if (status === 'approved') await act(hr, id, 'cancel');
      expect((await balanceOf(ann, type))?.balance).toBe(10);
    }
  });

  it('cancelling is one’s own until the first day, and a manager’s afterwards', async () => {
    const type = await newType();
    const { manager, ann } = await team();
    const soon = (await ask(ann, type, '2026-05-05')).body;
    await act(manager, soon.id, 'approve');
    w.clock.set('2026-05-04T21:59:59Z');
    const before = (await ask(ann, type, '2026-05-06')).body;
    await act(manager, before.id, 'approve');
    expect((await act(ann, before.id, 'cancel')).status).toBe(200);
    // Midnight in Berlin.
    w.clock.set('2026-05-04T22:00:00Z');
    expect((await act(ann, soon.id, 'cancel')).status).toBe(409);
    expect((await act(manager, soon.id, 'cancel', { note: 'Came in after all' })).body).toMatchObject({
      status: 'cancelled',
    });
    expect((await act(manager, soon.id, 'cancel')).status).toBe(409);
    expect((await act(manager, soon.id, 'approve')).status).toBe(409);
    expect(await published(soon.id)).toEqual(['leave-requested.v1', 'leave-approved.v1', 'leave-cancelled.v1']);
    w.clock.set('2026-05-04T07:00:00Z');
  });
});
