import { AppError } from '@muster/contracts';
import type { Db } from '@muster/db';
import { chainOf, rootOf, saysLastWord } from '../../domain/corrections/correction-chain.ts';
import { dateClusters } from '../../domain/corrections/date-clusters.ts';
import { type ChangedDay, changedDays } from '../../domain/corrections/day-changes.ts';
import { isLocked } from '../../domain/corrections/locked-months.ts';
import { type CorrectionFact, deriveEventfulDays } from '../../domain/days/index.ts';
import { type FactRow, findFacts } from '../../sql/corrections/find-facts.ts';
import { findLockedMonths } from '../../sql/corrections/find-locked-months.ts';
import { loadCorrections } from '../../sql/corrections/load-corrections.ts';
import { type DeriveDeps, readRecords } from '../read-records.ts';

export interface WeighedCorrection {
  /** What it is about, where it is about something. */
  target: FactRow | undefined;
  /** When the punch was that is corrected in the end, where it is one. */
  targetAtMs: number | null;
  /** Instants (Unix milliseconds) around which days may change. */
  instantsMs: number[];
  changes: ChangedDay[];
}

const always = { fromMs: Date.UTC(1999, 0, 1), toMs: Date.UTC(2101, 0, 1) };

/**
 * What a correction would change, derived from the facts as they are now, with it and without. Throws `not_found` when its target is not
 * the person's, `conflict` when the target was corrected meanwhile, `month_locked` when a day of a closed month would change.
 */
export async function weighCorrection(
  db: Db,
  deps: DeriveDeps,
  employeeId: string,
  fact: CorrectionFact,
): Promise<WeighedCorrection> {
  const corrections = await loadCorrections(db, employeeId);
  const { targetId } = fact;
  const root = targetId && rootOf(corrections, targetId);
  const ids = [...new Set([targetId, root])].filter((id) => id !== null);
  const found = await findFacts(
    db,
    ids.map((id) => ({ employeeId, id, ...always })),
  );
  const target = targetId === null ? undefined : found.get(targetId);
  if (targetId !== null && !target) throw new AppError('not_found', 'There is no such punch.');
  if (targetId !== null && !saysLastWord(corrections, targetId))
    throw new AppError('conflict', 'The punch was corrected meanwhile: correct what stands now.');
  const rootAtMs = found.get(root ?? '')?.occurredAtMs ?? null;
  const chain = targetId === null ? [] : chainOf(corrections, targetId);
  const instantsMs = [rootAtMs, fact.punch?.atMs, ...chain.map(({ punch }) => punch?.atMs)].filter(
    (atMs) => atMs !== undefined && atMs !== null,
  );
  const changes: ChangedDay[] = [];
  for (const { from, to } of dateClusters(instantsMs)) {
    const range = { employeeId, from, to };
    const record = (await readRecords(db, deps, [range])).get(employeeId);
    if (!record) continue;
    // Without a decided one, too: somebody may look at it afterwards.
    const before = { ...record, facts: record.facts.filter(({ id }) => id !== fact.id) };
    const after = { ...record, facts: [...before.facts, fact] };
    const changed = changedDays(deriveEventfulDays(before, from, to), deriveEventfulDays(after, from, to));
    const locked = await findLockedMonths(db, [range]);
    const closed = changed.find(({ date }) => isLocked(locked, { employeeId, date }));
    if (closed) throw new AppError('month_locked', `${closed.date} lies in a closed month: have it unlocked first.`);
    changes.push(...changed);
  }
  return { target, targetAtMs: rootAtMs, instantsMs, changes };
}
