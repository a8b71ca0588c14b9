import type { EventEnvelope } from '@muster/contracts';

/** What a board shows of a person is no longer true, and no change says how: whoever shows it asks again. */
export interface BoardNews {
  employeeId: string;
  managerIds: readonly string[];
}

// Plans of now that changed, and sessions that were made anew from facts.
const changesBoards = new Set([
  'attendance.board-changed.v1',
  'attendance.punches-synced.v1',
  'attendance.punches-imported.v1',
  'attendance.correction-approved.v1',
  'attendance.auto-checked-out.v1',
]);

/** The people whose place on a board an event makes doubtful. */
export function staleOnBoard({ type, data }: EventEnvelope): string[] {
  if (!changesBoards.has(type)) return [];
  const { employeeId, employeeIds } = data as { employeeId?: string; employeeIds?: string[] };
  return employeeIds ?? (employeeId === undefined ? [] : [employeeId]);
}
