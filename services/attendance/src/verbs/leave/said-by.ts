import { type Actor, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { isoInstant } from '../../domain/instant.ts';

/** What every event of this capability begins with: the aggregate's version after the change, when, and by whom. */
export const saidBy = ({ clock }: Pick<Deps, 'clock'>, actor: Actor, version: number) => ({
  version,
  occurredAt: isoInstant(clock.now().epochMilliseconds),
  actor: toEventActor(actor),
});
