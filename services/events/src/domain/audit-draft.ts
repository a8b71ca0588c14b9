import { auditTypeOf, type EventEnvelope, systemActor } from '@muster/contracts';
import { toMilliseconds } from './to-milliseconds.ts';
import { withoutSecrets } from './without-secrets.ts';

/** The searchable columns of an entry. All follow from the payload, so verification can compare them with it. */
export interface AuditColumns {
  id: string;
  eventType: string;
  /** RFC 3339, UTC, milliseconds. */
  occurredAt: string;
  /** Who did it; for what Muster itself did, the person it was done to. */
  userId: string | null;
  entityType: string;
  entityId: string | null;
  personId: string | null;
}

export interface AuditDraft extends AuditColumns {
  /** The canonical bytes that are hashed and stored. */
  payload: string;
}

type Told = Pick<EventEnvelope, 'id' | 'type' | 'subject' | 'data'>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const idIn = (value: unknown): string | null =>
  typeof value === 'string' && uuid.test(value) ? value.toLowerCase() : null;

// The aggregate first, then what it belongs to.
const entityFields = ['attendanceId', 'employeeId', 'userId', 'siteId', 'departmentId'];

/** Derives the searchable columns of an event. Falls back to `time` where the data names no instant. */
export function auditColumns(event: Told & { time: string }): AuditColumns {
  const { data } = event;
  const actorId = idIn((data.actor as { id?: unknown } | undefined)?.id);
  const field = entityFields.find((name) => idIn(data[name]) !== null);
  const entityId = idIn(event.subject) ?? (field === undefined ? null : idIn(data[field]));
  const named = Object.keys(data).find((name) => name.endsWith('Id') && idIn(data[name]) === entityId);
  const personId = idIn(data.employeeId) ?? idIn(data.userId);
  return {
    id: event.id.toLowerCase(),
    eventType: auditTypeOf(event.type),
    occurredAt: toMilliseconds(typeof data.occurredAt === 'string' ? data.occurredAt : event.time),
    userId: actorId === systemActor.id ? (personId ?? actorId) : (actorId ?? personId),
    entityType:
      entityId !== null && named ? named.slice(0, -2) : event.type.slice(0, Math.max(event.type.indexOf('.'), 0)),
    entityId,
    personId: personId === entityId ? null : personId,
  };
}

/** The ids an event names as who did it and whom it concerns, as far as the log can be searched by them. */
export function peopleIn(event: EventEnvelope): string[] {
  const { userId, entityId, personId } = auditColumns(event as Told & { time: string });
  return [userId, entityId, personId].filter((one) => one !== null);
}

/**
 * Prepares an event for the audit log; `recordedAt` (RFC 3339, UTC, milliseconds) is hashed with it. What sidecars add to
 * an envelope (trace, topic, component) differs between two deliveries of one event and stays out of the payload.
 */
export function toAuditDraft(event: EventEnvelope, recordedAt: string): AuditDraft {
  const { id, type, source, subject, time } = event;
  const data = withoutSecrets(event.data) as EventEnvelope['data'];
  return {
    ...auditColumns({ id, type, time, data, ...(subject === undefined ? {} : { subject }) }),
    payload: JSON.stringify({ id, type, source, subject, time, recordedAt, data }),
  };
}
