import { AppError, type EventEnvelope, PUBSUB } from '@muster/contracts';
import { z } from 'zod';
import { away } from './away.ts';
import type { Transport } from './transport.ts';

/** `failed` holds the ids of events the broker did not take, with the reason. */
export interface Published {
  failed: Map<string, string>;
}

const failures = z.object({
  failedEntries: z.array(z.object({ entryId: z.string(), error: z.string().optional() })).nullish(),
  errorCode: z.string().optional(),
});

function parse(text: string): z.infer<typeof failures> | undefined {
  try {
    return failures.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * Publishes envelopes to one topic in one request (Dapr's bulk publish). As CloudEvents content type, they keep our own
 * id, type and time. Throws AppError `unavailable` or `timeout` when the sidecar or the broker is away: nothing was taken
 * then, as far as anybody knows.
 */
export async function publish(transport: Transport, topic: string, envelopes: EventEnvelope[]): Promise<Published> {
  if (envelopes.length === 0) return { failed: new Map() };
  const entries = envelopes.map((event) => ({ entryId: event.id, event, contentType: 'application/cloudevents+json' }));
  const request = {
    method: 'POST',
    path: `/v1.0/publish/bulk/${PUBSUB}/${topic}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(entries),
    timeoutMs: 20_000,
  } as const;
  const ask = async () => {
    const answer = await transport.request(request);
    return { status: answer.status, text: await answer.text() };
  };
  const { status, text } = await ask().catch((error) => {
    throw away(error, 'The sidecar');
  });
  if (status < 300) return { failed: new Map() };
  const failed = parse(text)?.failedEntries ?? [];
  if (failed.length === 0 || failed.length === envelopes.length) {
    const cause = new Error(failed[0]?.error ?? text.slice(0, 300));
    throw new AppError('unavailable', 'The broker took none of the events.', { cause });
  }
  return { failed: new Map(failed.map((entry) => [entry.entryId, entry.error ?? 'not published'])) };
}
