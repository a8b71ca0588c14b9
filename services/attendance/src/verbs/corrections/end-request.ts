import type { Correction } from '@muster/contracts/http/attendance-corrections';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { requestInEvent } from '../../domain/corrections/request.ts';
import { isoInstant } from '../../domain/instant.ts';
import { decide } from './decide.ts';
import { showRequest } from './show-request.ts';

/** Ends a pending request without a fact. Throws `conflict` when it does not wait any more. */
export async function endRequest(
  deps: Deps,
  actor: Actor,
  id: string,
  status: 'rejected' | 'withdrawn',
  note: string | null,
): Promise<Correction> {
  const ended = await withTransaction(deps.sql, async (tx) => {
    const atMs = deps.clock.now().epochMilliseconds;
    const request = await decide(tx, { id, status, by: actor.id, atMs, note });
    const base = { version: request.version, occurredAt: isoInstant(atMs), actor: toEventActor(actor) };
    const type = `attendance.correction-${status}.v1` as const;
    await insertOutbox(tx, [newEvent(type, { ...base, ...requestInEvent(request) }, { subject: id })]);
    return request;
  });
  deps.relay.wake();
  return showRequest(deps, ended);
}
