import { type EventEnvelope, envelopeSchema, eventSchemas, isEventType } from '@muster/contracts';

/** Parses a delivered CloudEvent; undefined when it can never be understood. Unknown types keep their data unparsed. */
export function parseEvent(body: unknown): EventEnvelope | undefined {
  const envelope = envelopeSchema.safeParse(body);
  if (!envelope.success) return undefined;
  const { type, data } = envelope.data;
  if (!isEventType(type)) return envelope.data;
  const parsed = eventSchemas[type].safeParse(data);
  return parsed.success ? { ...envelope.data, data: parsed.data } : undefined;
}
