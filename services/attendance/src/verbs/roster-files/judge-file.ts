import type { RosterRowResult } from '@muster/contracts/http/attendance-roster-files';
import type { Tx } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { plusDays } from '../../domain/days/wall-time.ts';
import { judgeCells, type ShiftTypesByName } from '../../domain/roster-files/judge-cells.ts';
import type { FaultyRow, RosterRow } from '../../domain/roster-files/read-row.ts';
import { findFullLeave } from '../../sql/leave/find-full-leave.ts';
import { lockRostersOf } from '../../sql/roster-changes/lock-rosters-of.ts';
import { type FilePerson, findFilePeople } from '../../sql/roster-files/list-file-people.ts';
import { loadNamedTypes } from '../../sql/roster-files/load-named-types.ts';
import { loadShiftTypes } from '../../sql/rosters/load-shift-types.ts';
import { holdShiftTypes } from '../../sql/rosters/shift-types.ts';
import { readPlannedShifts } from '../rosters/read-planned-shifts.ts';

/** Somebody of the file, and the dates that change. */
export interface JudgedPerson {
  person: FilePerson;
  zone: string;
  days: { date: string; shiftTypeIds: string[] }[];
}

const peopleAtATime = 200;
const reachDays = 2;
const onLeave = 'the person is on leave on that date';

/** Says of every row what would come of it. The rosters and shift types it rests on stay as they are until the transaction ends. */
export async function judgeFile(
  deps: Deps,
  tx: Tx,
  rows: readonly (RosterRow | FaultyRow)[],
  managerId: string | undefined,
): Promise<{ people: JudgedPerson[]; results: RosterRowResult[] }> {
  const results = new Map<number, RosterRowResult>();
  const tell = (line: number, result: RosterRowResult['result'], more: Partial<RosterRowResult> = {}): void => {
    results.set(line, { line, result, employeeId: null, date: null, reason: null, warning: null, ...more });
  };
  for (const row of rows) if ('reason' in row) tell(row.line, 'refused', { reason: row.reason });

  const ofPeople = new Map<FilePerson, RosterRow[]>();
  const find = await finder(tx, rows, managerId);
  for (const row of rows) {
    if ('reason' in row) continue;
    const person = find(row);
    if (person) ofPeople.set(person, [...(ofPeople.get(person) ?? []), row]);
    else tell(row.line, 'refused', { date: row.date, reason: 'there is nobody of this id for you to plan for' });
  }

  const people: JudgedPerson[] = [];
  const types = await namedTypes(tx);
  const all = [...ofPeople.keys()].sort((one, other) => (one.id < other.id ? -1 : 1));
  for (let n = 0; n < all.length; n += peopleAtATime) {
    const part = all.slice(n, n + peopleAtATime);
    await lockRostersOf(
      tx,
      part.map(({ id }) => id),
    );
    const planned = await readPlannedShifts(
      tx,
      part.map((person) => reachOf(person, ofPeople.get(person) ?? [])),
    );
    const away = await findFullLeave(tx, worked(part, ofPeople));
    for (const person of part) {
      const own = ofPeople.get(person) ?? [];
      const zone = person.zone ?? deps.defaultPlace.zone;
      const { days, faults, unchanged } = judgeCells(planned.get(person.id) ?? [], own, types, zone);
      for (const { line, date, shift } of own) {
        const reason = faults.get(line) ?? null;
        const result = reason !== null ? 'refused' : unchanged.has(line) ? 'unchanged' : 'changed';
        const over = result !== 'refused' && shift !== null && away.has(`${person.id} ${date}`);
        tell(line, result, { employeeId: person.id, date, reason, warning: over ? onLeave : null });
      }
      if (days.length > 0) people.push({ person, zone, days });
    }
  }
  return { people, results: [...results.values()].sort((one, other) => one.line - other.line) };
}

/** Whom a row means: both its ids must mean the same person, and a work id one person only. */
async function finder(tx: Tx, rows: readonly (RosterRow | FaultyRow)[], managerId: string | undefined) {
  const good = rows.filter((row): row is RosterRow => !('reason' in row));
  const ids = [...new Set(good.flatMap(({ employeeId }) => employeeId ?? []))];
  const workIds = [...new Set(good.flatMap(({ workId }) => workId ?? []))];
  const found = await findFilePeople(tx, { ids, workIds }, managerId);
  const byId = new Map(found.map((person) => [person.id, person]));
  const byWorkId = Map.groupBy(found, ({ workId }) => workId);
  return ({ employeeId, workId }: RosterRow): FilePerson | undefined => {
    const named = byWorkId.get(workId) ?? [];
    const person = employeeId === null ? named[0] : byId.get(employeeId);
    const agrees = workId === null || (named.length === 1 && named[0] === person);
    return agrees ? person : undefined;
  };
}

async function namedTypes(tx: Tx): Promise<ShiftTypesByName> {
  const ids = await loadNamedTypes(tx);
  const held = await holdShiftTypes(tx, [...ids.values()]);
  const types = await loadShiftTypes(tx, [...held]);
  return new Map(
    [...ids].flatMap(([key, id]) => {
      const type = types.get(id);
      return type ? [[key, type] as const] : [];
    }),
  );
}

const worked = (people: readonly FilePerson[], rows: ReadonlyMap<FilePerson, RosterRow[]>) =>
  people.flatMap((person) =>
    (rows.get(person) ?? []).flatMap(({ date, shift }) =>
      shift === null ? [] : [{ employeeId: person.id, from: date, to: date }],
    ),
  );

function reachOf({ id }: FilePerson, rows: readonly RosterRow[]): { employeeId: string; from: string; to: string } {
  const dates = rows.map(({ date }) => date).sort();
  const [first = '', last = first] = [dates[0], dates.at(-1)];
  return { employeeId: id, from: plusDays(first, -reachDays), to: plusDays(last, reachDays) };
}
