import { parkDeadLetter, type Sql } from '@muster/db';
import { z } from 'zod';

const known = z.object({
  id: z.uuid().optional().catch(undefined),
  type: z.string().max(200).optional().catch(undefined),
});

/** Parks what came over the dead-letter topic, readable or not, with as much of its identity as can be read. */
export async function parkEvent(
  sql: Sql,
  body: unknown,
  reasonOf: (eventId: string) => string | undefined,
): Promise<void> {
  const { id, type } = known.catch({}).parse(body);
  // The dead-letter topic says nothing of where an event came from; its type does.
  const topic = type?.split('.', 1)[0] ?? 'unknown';
  const reason = (id && reasonOf(id)) ?? (type ? 'given up by another process, or not readable' : 'not readable');
  await parkDeadLetter(sql, { eventId: id, topic, type, payload: body, reason });
}
