import type { CursorPage } from '@muster/contracts';
import type { LeaveEntriesQuery, LeaveEntry } from '@muster/contracts/http/attendance-leave';
import type { Actor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeEntry } from '../../domain/leave/describe-entry.ts';
import { selectLeaveEntries } from '../../sql/leave/leave-entries.ts';
import { findLeavePerson } from './find-leave-person.ts';

/** What a person's balances are made of, newest first. Throws `not_found` for who is out of reach. */
export async function listLeaveEntries(
  deps: Pick<Deps, 'sql'>,
  actor: Actor,
  { cursor, limit, typeId, employeeId }: LeaveEntriesQuery,
): Promise<CursorPage<LeaveEntry>> {
  const { id } = await findLeavePerson(deps, actor, 'leave.read', employeeId);
  const found = await selectLeaveEntries(deps.sql, { employeeId: id, typeId, before: cursor, limit: limit + 1 });
  const data = found.slice(0, limit).map(describeEntry);
  return { data, meta: { nextCursor: found.length > limit ? (data.at(-1)?.id ?? null) : null } };
}
