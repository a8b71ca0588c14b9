import type { EventEnvelope } from '@muster/contracts';

/**
 * Hands events of one topic to the broker. Throws when the broker could not be reached; `failed` names the events it
 * refused (id → reason). Must end within 30 s.
 */
export type PublishBatch = (topic: string, envelopes: EventEnvelope[]) => Promise<{ failed: Map<string, string> }>;
