import { eventActor } from '@muster/contracts';
import type { Context } from 'hono';
import type { z } from 'zod';

/** On whose behalf one service calls another: shaped like an event's `actor`. */
export type CallingActor = z.infer<typeof eventActor>;

const header = 'x-muster-actor';

/** Header values are Latin-1 and names are not: the actor travels as base64url of JSON. */
export const callerHeaders = (actor: CallingActor): Record<string, string> => ({
  [header]: Buffer.from(JSON.stringify(eventActor.parse(actor))).toString('base64url'),
});

/**
 * The actor a calling service named. Read it only on routes behind `requireSidecar` under `/internal`, which Dapr's access
 * control keeps for services: anywhere else a client could write the header itself.
 */
export function callingActor(c: Context): CallingActor | undefined {
  const value = c.req.header(header);
  if (!value) return undefined;
  try {
    return eventActor.safeParse(JSON.parse(Buffer.from(value, 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}
