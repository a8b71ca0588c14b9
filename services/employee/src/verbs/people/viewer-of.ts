import { type Actor, scopeOf } from '@muster/identity';
import type { Viewer } from '../../domain/employee-view.ts';

/** What the actor's role lets it see of people. */
export const viewerOf = (actor: Actor): Viewer => ({
  id: actor.id,
  readsPrivate: scopeOf(actor, 'employees.read-private') === 'all',
});
