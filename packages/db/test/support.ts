import { systemActor } from '@muster/contracts';
import { v7 } from 'uuid';
import { vi } from 'vitest';
import { newEvent, type OutboxEvent } from '../src/index.ts';

/** An event of the `auth` topic; any other would do. */
export const someEvent = (): OutboxEvent =>
  newEvent('auth.login-enabled.v1', {
    userId: v7(),
    version: 1,
    occurredAt: '2026-03-02T08:00:00Z',
    actor: systemActor,
  });

export const someEvents = (count: number): OutboxEvent[] => Array.from({ length: count }, someEvent);

/** Tries an assertion until it holds. */
export const eventually = (check: () => unknown): Promise<unknown> =>
  vi.waitFor(check, { timeout: 20_000, interval: 20 });
