import type { EventActor } from '@muster/contracts';
import type { SyncResult } from '@muster/contracts/http/attendance';
import { insertOutbox, newEvent, type OutboxEvent, type Tx } from '@muster/db';
import { toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { isoInstant } from '../../domain/instant.ts';
import { accepted, contradicting, held, known } from '../../domain/sync/brought-punch.ts';
import { clientKey, findKnownPunches } from '../../sql/sync/find-known-punches.ts';
import { type HeldPunch, insertHeldPunches, settleHeldPunches } from '../../sql/sync/held-punches.ts';
import type { BroughtPunch } from '../../sql/sync/insert-brought-punches.ts';
import type { Draft, Sender } from './draft-punches.ts';
import { storeBrought } from './store-brought.ts';

type Asked = BroughtPunch | HeldPunch;

/**
 * Stores punches that are new, as facts or held back, and says of each what became of it, in their order. `brought`: whether anything
 * was new.
 */
export async function settlePunches(
  tx: Tx,
  deps: Deps,
  { actor }: Sender,
  drafts: readonly Draft[],
  nowMs: number,
): Promise<{ results: SyncResult[]; brought: boolean }> {
  const asked = drafts.flatMap((draft): Asked[] =>
    'fact' in draft ? [draft.fact] : 'held' in draft ? [draft.held] : [],
  );
  const before = await findKnownPunches(tx, asked);
  const isOpen = ({ employeeId, clientId }: Asked): boolean =>
    (before.get(clientKey(employeeId, clientId))?.punchId ?? null) === null;
  const firsts = new Map(
    asked
      .filter(isOpen)
      .map((one) => [clientKey(one.employeeId, one.clientId), one] as const)
      .reverse(),
  );
  const isFirst = (one: Asked): boolean => firsts.get(clientKey(one.employeeId, one.clientId)) === one;
  const facts = drafts.flatMap((draft) => ('fact' in draft && isFirst(draft.fact) ? [draft.fact] : []));
  const toHold = drafts.flatMap((draft) => ('held' in draft && isFirst(draft.held) ? [draft.held] : []));
  const stored = await storeBrought(tx, deps, toEventActor(actor), facts);
  const nowHeld = await insertHeldPunches(tx, toHold);
  await settleHeldPunches(
    tx,
    facts.filter(({ employeeId, clientId }) => before.has(clientKey(employeeId, clientId))),
    nowMs,
  );
  const news = toHold.filter(({ id }) => nowHeld.has(id));
  await insertOutbox(tx, heldEvents(toEventActor(actor), news, nowMs));
  // Another process may have stored some of them between the look and the write: what it wrote is what counts.
  const after = await findKnownPunches(
    tx,
    asked.filter((one) => !(stored.isNew.has(one.id) && isFirst(one))),
  );
  const results = drafts.map((draft): SyncResult => {
    if ('rejected' in draft) return draft.rejected;
    const one = 'fact' in draft ? draft.fact : draft.held;
    if ('fact' in draft && isFirst(draft.fact) && stored.isNew.has(draft.fact.id)) {
      const { id: punchId, atMs, flags } = draft.fact;
      const how = stored.contradicts.has(punchId) ? contradicting : accepted;
      return how(one.clientId, { punchId, atMs, flags });
    }
    const there = after.get(clientKey(one.employeeId, one.clientId));
    if (!there) throw new Error('A punch that was stored is not there.');
    if (there.heldReason !== null && there.hash === one.hash) return held(one.clientId, there.heldReason);
    return known(one.clientId, there, one.hash);
  });
  return { results, brought: stored.isNew.size + nowHeld.size > 0 };
}

/** One a person: a queue of a wrong clock is one thing to look at. */
function heldEvents(actor: EventActor, held: readonly HeldPunch[], nowMs: number): OutboxEvent[] {
  const byPerson = Map.groupBy(held, ({ employeeId, reason }) => `${employeeId} ${reason}`);
  return [...byPerson.values()].flatMap((ones) => {
    const [first] = ones;
    if (!first) return [];
    const { employeeId, reason } = first;
    const heldPunchIds = ones.map(({ id }) => id);
    const data = { version: 1, occurredAt: isoInstant(nowMs), actor, employeeId, heldPunchIds, reason };
    return [newEvent('attendance.punch-held.v1', data)];
  });
}
