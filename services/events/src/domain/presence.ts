import type { BoardChange, EventData, EventEnvelope } from '@muster/contracts';

/** Somebody came, left, or went on a break, as managers see it live; `withChange` of the contracts applies it to a board. */
export interface PresenceChange extends BoardChange {
  employeeId: string;
  siteId: string;
  /** The site's local day. */
  date: string;
}

/** A change and everybody above the person: who else may hear of it follows from that. */
export interface PresenceNews {
  change: PresenceChange;
  managerIds: readonly string[];
  /** W3C Trace Context of the event's delivery, where it is traced. */
  traceparent?: string | undefined;
}

type Session = EventData<'attendance.checked-out.v1'>;
type Break = EventData<'attendance.break-ended.v1'>;

const said = ({ attendanceId, employeeId, siteId, date }: Session | Break) => ({
  attendanceId,
  employeeId,
  siteId,
  date,
});

const readers: Record<string, (data: never) => PresenceChange> = {
  'attendance.checked-in.v1': (data: Session) => ({ ...said(data), status: 'in', at: data.checkInAt }),
  'attendance.checked-out.v1': (data: Session) => ({
    ...said(data),
    status: 'out',
    at: data.checkOutAt,
    checkInAt: data.checkInAt,
  }),
  'attendance.break-started.v1': (data: Break) => ({ ...said(data), status: 'on_break', at: data.at }),
  'attendance.break-ended.v1': (data: Break) => ({
    ...said(data),
    status: 'in',
    at: data.at,
    breakSince: data.startedAt,
  }),
};

/** Reads an attendance event; undefined for every one that says nothing of who is there. */
export function presenceOf(event: EventEnvelope): PresenceChange | undefined {
  const read = Object.hasOwn(readers, event.type) ? readers[event.type] : undefined;
  return read?.(event.data as never);
}
