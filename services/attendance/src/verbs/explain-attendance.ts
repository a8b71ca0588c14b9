import type { ExplainAnswer } from '@muster/contracts/http/attendance';
import type { Actor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { factsBehind } from '../domain/corrections/facts-behind.ts';
import { deriveDay, explainDay, type PersonRecord } from '../domain/days/index.ts';
import { describeExplanation } from '../domain/describe-day-answer.ts';
import { findVisiblePerson } from './find-visible-person.ts';
import { readRecords } from './read-records.ts';

/**
 * Every minute of a person's day with the rule and the facts behind it, derived from the facts as they are now. Throws `not_found` for
 * a person the actor may not see.
 */
export async function explainAttendance(
  deps: Deps,
  actor: Actor,
  employeeId: string,
  date: string,
): Promise<ExplainAnswer> {
  const { id } = await findVisiblePerson(deps, actor, employeeId);
  const ranges = [{ employeeId: id, from: date, to: date }];
  const records = await readRecords(deps.sql, deps, ranges);
  const record = records.get(id) as PersonRecord;
  const [day, explained] = [deriveDay(record, date), explainDay(record, date)];
  return describeExplanation(day, explained, factsBehind(record, day, explained));
}
