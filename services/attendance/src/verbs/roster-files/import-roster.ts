import type { RosterImport, RosterRowResult } from '@muster/contracts/http/attendance-roster-files';
import { insertOutbox, newEvent, newId, type Tx, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { isoInstant } from '../../domain/instant.ts';
import { type JudgedPerson, judgeFile } from './judge-file.ts';
import { publishImport } from './publish-import.ts';
import { type FileRecord, readRows } from './read-rows.ts';

const peopleAnEvent = 1000;

/**
 * Takes a roster file over as published rosters, all of it or nothing: with one row that cannot be followed nothing changes, and every
 * row is told what it is. `dryRun` only tells. Managers write for themselves and the people below them; others are nobody they know.
 * @throws AppError invalid_input (no roster file), conflict (somebody else published one of the days meanwhile: nothing was taken over)
 */
export async function importRoster(
  deps: Deps,
  actor: Actor,
  records: AsyncIterable<FileRecord>,
  o: { dryRun: boolean },
): Promise<RosterImport> {
  const scope = authorise(actor, 'rosters.manage');
  const rows = await readRows(records);
  const managerId = scope === 'all' ? undefined : actor.id;
  const result = await withTransaction(deps.sql, async (tx) => {
    const { people, results } = await judgeFile(deps, tx, rows, managerId);
    const refused = results.some((row) => row.result === 'refused');
    const applied = !refused && !o.dryRun;
    if (applied) await takeOver(deps, tx, actor, people, results);
    return { applied, results };
  });
  deps.relay.wake();
  return summary(result.applied, o.dryRun, result.results);
}

async function takeOver(deps: Deps, tx: Tx, actor: Actor, people: JudgedPerson[], results: RosterRowResult[]) {
  const importId = newId();
  const changed = await publishImport(deps, tx, people, importId);
  const dates = results.flatMap(({ date }) => date ?? []).sort();
  const data = {
    version: 1,
    occurredAt: isoInstant(deps.clock.now().epochMilliseconds),
    actor: toEventActor(actor),
    importId,
    from: dates[0] ?? '',
    to: dates.at(-1) ?? '',
    rows: results.length,
  };
  const groups = Array.from({ length: Math.ceil(changed.length / peopleAnEvent) || 1 }, (_, n) =>
    changed.slice(n * peopleAnEvent, (n + 1) * peopleAnEvent),
  );
  await insertOutbox(
    tx,
    groups.map((employeeIds) =>
      newEvent('attendance.roster-imported.v1', { ...data, employeeIds }, { subject: importId }),
    ),
  );
}

function summary(applied: boolean, dryRun: boolean, rows: RosterRowResult[]): RosterImport {
  const count = (result: RosterRowResult['result']): number => rows.filter((row) => row.result === result).length;
  const [changed, unchanged, refused] = [count('changed'), count('unchanged'), count('refused')];
  const warned = rows.filter(({ warning }) => warning !== null).length;
  return { applied, dryRun, changed, unchanged, refused, warned, rows };
}
