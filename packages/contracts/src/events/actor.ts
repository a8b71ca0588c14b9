import { z } from 'zod';
import { actorRoles } from '../roles.ts';

/** Who caused an event. `system` is Muster itself: seeds, sweeps, consumers. */
export const eventActor = z.object({
  id: z.uuid(),
  name: z.string(),
  role: z.enum([...actorRoles, 'system']),
  ip: z.string().optional(),
  userAgent: z.string().optional(),
});
export type EventActor = z.infer<typeof eventActor>;

export const systemActor: EventActor = {
  id: '00000000-0000-0000-0000-000000000000',
  name: 'system',
  role: 'system',
};

/** What every event's data carries: its own id, the aggregate's version, when, and by whom. */
export const eventBase = z.object({
  id: z.uuid(),
  /** The aggregate's version after this change: consumers keep the highest, since order is not promised. */
  version: z.int().nonnegative(),
  occurredAt: z.iso.datetime({ offset: true }),
  actor: eventActor,
});
