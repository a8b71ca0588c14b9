import type { PersonSums } from '../../sql/timesheets/sum-people.ts';

const batch = 500;

/** Everybody that pages lead to, in order of id: never more than one page in memory. */
export async function* peopleBatches(
  read: (page: { after: string; limit: number }) => Promise<PersonSums[]>,
): AsyncGenerator<PersonSums[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  while (true) {
    const people = await read({ after, limit: batch });
    if (people.length > 0) yield people;
    const last = people.at(-1);
    if (last === undefined || people.length < batch) return;
    after = last.employeeId;
  }
}
