import type { Actor, Scope } from '@muster/identity';
import type { WhoseRows } from '../../sql/corrections/list-dated-rows.ts';

/** Whose rows a list shows; undefined when the filter names somebody out of sight. */
export function whoseRows(actor: Actor, scope: Scope, employeeId: string | undefined): WhoseRows | undefined {
  if (scope === 'all') return { employeeId };
  if (scope === 'reports') return { employeeId, managerId: actor.id };
  if (employeeId !== undefined && employeeId !== actor.id) return undefined;
  return { employeeId: actor.id };
}

/** A page's place in a list of dates and people. */
export const toCursor = ({ date, employeeId }: { date: string; employeeId: string }): string => `${date}_${employeeId}`;
export const fromCursor = (cursor: string | undefined): { date: string; employeeId: string } | undefined =>
  cursor === undefined ? undefined : { date: cursor.slice(0, 10), employeeId: cursor.slice(11) };
