import type { EventActor, EventDraft } from '@muster/contracts';
import { isoInstant } from '../instant.ts';
import { minutesBetween } from '../session.ts';
import type { Amendment, SessionState } from './amend-sessions.ts';

/** Whether somebody is there by now, and was not before; or the reverse. What began and ended in the past changes nothing of that. */
export type PresenceNews =
  | { type: 'attendance.checked-in.v1'; data: EventDraft<'attendance.checked-in.v1'> }
  | { type: 'attendance.checked-out.v1'; data: EventDraft<'attendance.checked-out.v1'> };

const isOpen = ({ checkOutAtMs }: SessionState): boolean => checkOutAtMs === null;

/** What an amendment of one person's sessions changes about who is there now. `openBefore`: the session that stood open. */
export function presenceNews(
  openBefore: SessionState | undefined,
  { removed, changed, added }: Amendment,
  actor: EventActor,
): PresenceNews[] {
  const began = [...changed, ...added].find((one) => isOpen(one) && one.id !== openBefore?.id);
  if (began) return [{ type: 'attendance.checked-in.v1', data: { ...describe(began, actor), checkOutAt: null } }];
  const ended =
    changed.find((one) => one.id === openBefore?.id && !isOpen(one)) ??
    removed.filter(isOpen).map((one) => ({ ...one, checkOutAtMs: one.checkInAtMs, version: one.version + 1 }))[0];
  if (!ended) return [];
  const endMs = ended.checkOutAtMs ?? ended.checkInAtMs;
  const workedMinutes = minutesBetween(ended.checkInAtMs, endMs);
  const data = { ...describe(ended, actor), checkOutAt: isoInstant(endMs), workedMinutes };
  return [{ type: 'attendance.checked-out.v1', data }];
}

const describe = (session: SessionState, actor: EventActor) => ({
  version: session.version,
  occurredAt: isoInstant(session.checkOutAtMs ?? session.checkInAtMs),
  actor,
  attendanceId: session.id,
  employeeId: session.employeeId,
  siteId: session.siteId,
  date: session.date,
  zone: session.zone,
  checkInAt: isoInstant(session.checkInAtMs),
  source: session.source,
});
