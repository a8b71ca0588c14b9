import { AppError, matchVersion } from '@muster/contracts';
import type { DraftView, PutEntriesBody } from '@muster/contracts/http/attendance-rosters';
import { type Tx, withTransaction } from '@muster/db';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { expandPlan } from '../../domain/rosters/expand-plan.ts';
import { noPlan } from '../../domain/rosters/person-plan.ts';
import { clashOf } from '../../domain/rosters/shift-instants.ts';
import { loadShiftTypes } from '../../sql/rosters/load-shift-types.ts';
import { putEntries } from '../../sql/rosters/roster-entries.ts';
import { lockRoster, type StoredRoster, saveRosterVersion } from '../../sql/rosters/rosters.ts';
import { zoneOfSite } from '../zone-of-site.ts';
import { draftView } from './draft-view.ts';
import { holdShiftTypesOf } from './hold-plan-parts.ts';
import { plannablePeople } from './plannable.ts';
import { asDraft, visibleRoster } from './roster-view.ts';

type Entries = PutEntriesBody['entries'];

/**
 * Says in a draft what people of its site work on its dates; each entry replaces what was said of that day.
 * @throws AppError not_found (the draft, a person), conflict (published), version_mismatch, invalid_input (a date outside the
 * roster, somebody of another site, a shift type that cannot be planned, two shifts at the same time)
 */
export async function putDraftEntries(
  deps: Deps,
  actor: Actor,
  id: string,
  { entries }: PutEntriesBody,
  ifMatch?: string,
): Promise<DraftView> {
  const scope = authorise(actor, 'rosters.manage');
  const { siteId, from, to } = await visibleRoster(deps, actor, scope, id);
  const ids = entries.map(({ employeeId }) => employeeId);
  const people = await plannablePeople(deps.sql, actor, scope, ids);
  refuseAt(entries, ({ date }) => date < from || date > to, 'date', 'must lie within the roster');
  const elsewhere = ({ employeeId }: Entries[number]) => people.get(employeeId)?.siteId !== siteId;
  refuseAt(entries, elsewhere, 'employeeId', 'must be somebody of the roster’s site');
  const roster = await withTransaction(deps.sql, async (tx): Promise<StoredRoster> => {
    const draft = asDraft(await lockRoster(tx, id));
    matchVersion(ifMatch, draft.version);
    const shiftTypeIds = entries.flatMap((one) => one.shiftTypeIds ?? []);
    await holdShiftTypesOf(tx, shiftTypeIds, 'entries');
    await refuseClashes(tx, entries, shiftTypeIds, await zoneOfSite(deps, tx, siteId));
    await putEntries(tx, id, entries);
    await saveRosterVersion(tx, id, draft.version + 1);
    return (await lockRoster(tx, id)) ?? draft;
  });
  return draftView(deps.sql, actor, scope, roster);
}

async function refuseClashes(tx: Tx, entries: Entries, shiftTypeIds: string[], zone: string): Promise<void> {
  const shiftTypes = await loadShiftTypes(tx, shiftTypeIds);
  const clashes = ({ date, shiftTypeIds: ids }: Entries[number]): boolean => {
    if (ids === null || ids.length < 2) return false;
    const days = new Map([[date, { shiftTypeIds: ids, zone }]]);
    return clashOf(expandPlan({ ...noPlan, days }, shiftTypes, date, date)) !== undefined;
  };
  refuseAt(entries, clashes, 'shiftTypeIds', 'must not be at the same time');
}

function refuseAt(
  entries: Entries,
  isWrong: (entry: Entries[number]) => boolean,
  field: string,
  message: string,
): void {
  const errors = entries.flatMap((entry, n) =>
    isWrong(entry) ? [{ field: `entries.${n}.${field}`, message, in: 'body' as const }] : [],
  );
  if (errors.length > 0) throw new AppError('invalid_input', 'Some fields are not acceptable.', { errors });
}
