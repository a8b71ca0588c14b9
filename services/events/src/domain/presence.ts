import type { EventData, EventEnvelope } from '@muster/contracts';

/** Somebody came or left, as managers see it live. */
export interface PresenceChange {
  /** The session that began or ended. */
  attendanceId: string;
  employeeId: string;
  siteId: string;
  /** The site's local day. */
  date: string;
  status: 'in' | 'out';
  /** RFC 3339. */
  at: string;
}

/** A change and everybody above the person: who else may hear of it follows from that. */
export interface PresenceNews {
  change: PresenceChange;
  managerIds: readonly string[];
  /** W3C Trace Context of the event's delivery, where it is traced. */
  traceparent?: string | undefined;
}

/** Reads an attendance event; undefined for every other one. */
export function presenceOf(event: EventEnvelope): PresenceChange | undefined {
  const isIn = event.type === 'attendance.checked-in.v1';
  if (!isIn && event.type !== 'attendance.checked-out.v1') return undefined;
  const data = event.data as unknown as EventData<'attendance.checked-out.v1'>;
  const { attendanceId, employeeId, siteId, date } = data;
  return {
    attendanceId,
    employeeId,
    siteId,
    date,
    status: isIn ? 'in' : 'out',
    at: isIn ? data.checkInAt : data.checkOutAt,
  };
}
