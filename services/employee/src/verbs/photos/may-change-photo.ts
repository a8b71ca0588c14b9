import { type Actor, authorise } from '@muster/identity';

/** One's own photo is part of one's profile; anybody else's is for admin and hr. */
export function mayChangePhoto(actor: Actor, personId: string): void {
  authorise(actor, actor.id === personId ? 'profile.own' : 'employees.photo');
}
