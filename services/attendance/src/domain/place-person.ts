import { AppError } from '@muster/contracts';

/** Where a punch counts. */
export interface Place {
  siteId: string;
  zone: string;
}

interface Person {
  status: 'active' | 'deleted';
  siteId: string;
  zone: string | null;
}

/**
 * The site a person's punch counts at. Somebody whose events have not arrived yet is at the default site, and a site still
 * unknown lends its zone from there. Throws `forbidden` for a person who was deleted.
 */
export function placePerson(person: Person | undefined, fallback: Place): Place {
  if (!person) return fallback;
  if (person.status === 'deleted')
    throw new AppError('forbidden', 'This person was deleted and cannot clock in or out.');
  return { siteId: person.siteId, zone: person.zone ?? fallback.zone };
}
