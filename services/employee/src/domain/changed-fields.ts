import type { Person, PersonChange } from './person.ts';

// The join's key and the name shown for it change together; one of them is enough to name.
const silent = new Set<string>(['departmentId']);

/** The names of the fields in `change` that differ from the person, sorted; empty when nothing would change. */
export function changedFields(person: Person, change: PersonChange): string[] {
  const names = Object.keys(change) as (keyof PersonChange)[];
  return names
    .filter((name) => !silent.has(name) && change[name] !== undefined && change[name] !== person[name])
    .sort();
}
