import { foldText } from '@muster/contracts';

export interface Searchable {
  name: string;
  email: string;
  position: string | null;
  workId: string | null;
}

// A unit separator keeps a search from matching across two fields.
const join = (parts: (string | null)[]): string => foldText(parts.filter((part) => part !== null).join(' \u001f '));

/** The folded columns a person is found by: all of it, and what colleagues may search. */
export function searchText(person: Searchable): { all: string; public: string; positionKey: string | null } {
  return {
    all: join([person.name, person.email, person.position, person.workId]),
    public: join([person.name, person.position]),
    positionKey: person.position === null ? null : foldText(person.position),
  };
}

/** A LIKE pattern that finds the folded needle anywhere; `%`, `_` and `\` in it are ordinary characters. */
export const containing = (needle: string): string => `%${foldText(needle).replace(/[\\%_]/g, '\\$&')}%`;
