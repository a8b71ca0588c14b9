import { z } from 'zod';
import { attendanceEvents } from './attendance.ts';
import { authEvents } from './auth.ts';
import { employeeEvents } from './employee.ts';

export * from './actor.ts';
export { sessionSnapshot } from './attendance.ts';
export { type ClassSnapshot, classSnapshot } from './attendance-classes.ts';
export {
  type PersonEventType,
  type PersonSnapshot,
  personSnapshot,
  type SiteSnapshot,
  siteSnapshot,
} from './employee.ts';

/** Every event Muster knows, by type. Topic = the part before the first dot. */
export const eventSchemas = { ...authEvents, ...employeeEvents, ...attendanceEvents } as const;

export type EventType = keyof typeof eventSchemas;
export type EventData<T extends EventType> = z.infer<(typeof eventSchemas)[T]>;

/** An event's data before the outbox gives it its id. */
export type EventDraft<T extends EventType> = Omit<EventData<T>, 'id'>;

export const isEventType = (type: string): type is EventType => Object.hasOwn(eventSchemas, type);

/** `auth.user-registered.v1` → `auth`: the topic it travels on. */
export const topicOf = (type: EventType): string => type.slice(0, type.indexOf('.'));

/** `auth.user-registered.v1` → `auth.user-registered`: the audit log's `eventType`. */
export const auditTypeOf = (type: string): string => type.replace(/\.v\d+$/, '');

/** The CloudEvent 1.0 around an event, as it is stored in the outbox and delivered by the sidecar. */
export const envelopeSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: z.string(),
  type: z.string(),
  subject: z.string().optional(),
  time: z.iso.datetime({ offset: true }),
  datacontenttype: z.literal('application/json'),
  traceparent: z.string().optional(),
  data: z.record(z.string(), z.unknown()),
});

export type EventEnvelope = z.infer<typeof envelopeSchema>;
