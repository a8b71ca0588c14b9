import type { DaysAnswer, DaysQuery } from '@muster/contracts/http/attendance';
import type { Actor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { describeDayAnswer } from '../domain/describe-day-answer.ts';
import { listDays } from '../sql/list-days.ts';
import { findVisiblePerson } from './find-visible-person.ts';

/** The stored days of a person between two dates. Throws `not_found` for a person the actor may not see. */
export async function listPersonDays(deps: Deps, actor: Actor, query: DaysQuery): Promise<DaysAnswer> {
  const { id } = await findVisiblePerson(deps, actor, query.employeeId);
  return { data: (await listDays(deps.sql, id, query.from, query.to)).map(describeDayAnswer) };
}
