import { type EventDraft, type EventEnvelope, type EventType, topicOf } from '@muster/contracts';
import { newId } from '../new-id.ts';
import { traceToKeep } from './trace-to-keep.ts';

/** An event that waits to be stored beside the change it tells of. */
export interface OutboxEvent {
  id: string;
  topic: string;
  type: EventType;
  /** The aggregate's id, when the event has one. */
  subject: string | undefined;
  envelope: EventEnvelope;
}

export interface EventOptions {
  /** Overrides the aggregate's id found in the data. */
  subject?: string;
  /** W3C trace context of what caused the event. Default: the work under way, when it is traced. */
  traceparent?: string | undefined;
}

const aggregateIds = ['attendanceId', 'employeeId', 'userId', 'siteId', 'departmentId'];

const aggregateOf = (data: Record<string, unknown>): string | undefined => {
  const key = aggregateIds.find((name) => typeof data[name] === 'string');
  return key === undefined ? undefined : (data[key] as string);
};

/** Makes an event of `type`: gives it its id (UUIDv7, also in the data) and the CloudEvent around it. */
export function newEvent<T extends EventType>(type: T, data: EventDraft<T>, options: EventOptions = {}): OutboxEvent {
  const id = newId();
  const topic = topicOf(type);
  const draft = data as EventDraft<T> & { occurredAt: string };
  const subject = options.subject ?? aggregateOf(draft);
  const traceparent = traceToKeep(options.traceparent);
  const envelope: EventEnvelope = {
    specversion: '1.0',
    id,
    source: `muster/${topic}`,
    type,
    ...(subject === undefined ? {} : { subject }),
    time: draft.occurredAt,
    datacontenttype: 'application/json',
    ...(traceparent === undefined ? {} : { traceparent }),
    data: { ...draft, id },
  };
  return { id, topic, type, subject, envelope };
}
