import type { EventActor } from '@muster/contracts';
import type { Tx } from '@muster/db';
import { type BroughtPunch, insertBroughtPunches } from '../../sql/sync/insert-brought-punches.ts';
import { type RebuildDeps, rebuildSessions } from './rebuild-sessions.ts';

/** What storing facts came to, by punch id. */
export interface Stored {
  isNew: Set<string>;
  /** Contradicts another fact: one of them counts until somebody decides. */
  contradicts: Set<string>;
}

/** Stores facts that came late, each once, and amends the sessions of their people: one transaction for all. */
export async function storeBrought(
  tx: Tx,
  deps: RebuildDeps,
  actor: EventActor,
  punches: readonly BroughtPunch[],
): Promise<Stored> {
  // Everybody stores in the same order, or two calls with the same punches would deadlock.
  const ordered = [...punches].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const isNew = await insertBroughtPunches(tx, ordered);
  const touched = ordered
    .filter(({ id }) => isNew.has(id))
    .map(({ employeeId, atMs }) => ({ employeeId, fromMs: atMs, untilMs: atMs }));
  const conflicts = await rebuildSessions(tx, deps, actor, touched);
  const contradicts = conflicts.values().flatMap((ones) => ones.flatMap(({ factIds }) => factIds));
  return { isNew, contradicts: new Set(contradicts) };
}

const key = ({ employeeId, clientId }: BroughtPunch): string => `${employeeId} ${clientId}`;
