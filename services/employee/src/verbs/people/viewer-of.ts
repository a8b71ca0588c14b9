import { type Actor, can } from '@muster/identity';
import type { Viewer } from '../../domain/employee-view.ts';

/** What the actor's role lets it see of people. */
export const viewerOf = (actor: Actor): Viewer => ({
  id: actor.id,
  readsPrivate: can(actor, 'employees.read-private'),
});
