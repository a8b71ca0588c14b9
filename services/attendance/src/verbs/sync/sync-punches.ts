import { AppError, type EventActor } from '@muster/contracts';
import type { SyncAnswer, SyncBody, SyncResult } from '@muster/contracts/http/attendance';
import { insertOutbox, newEvent, newId, type OutboxEvent, type Tx, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { isoInstant } from '../../domain/instant.ts';
import { accepted, contradicting, held, known } from '../../domain/sync/brought-punch.ts';
import { type ClockReading, readClock } from '../../domain/sync/clock-skew.ts';
import { clientKey, findKnownPunches } from '../../sql/sync/find-known-punches.ts';
import { findPeopleAtDoor } from '../../sql/sync/find-people-at-door.ts';
import { type HeldPunch, insertHeldPunches, settleHeldPunches } from '../../sql/sync/held-punches.ts';
import type { BroughtPunch } from '../../sql/sync/insert-brought-punches.ts';
import { insertSyncCall, lockDeviceSkew, type SyncDevice, saveDevice } from '../../sql/sync/sync-devices.ts';
import { queueWatermark } from '../../sql/sync/watermarks.ts';
import { type Draft, draftPunches, type Sender } from './draft-punches.ts';
import { storeBrought } from './store-brought.ts';

/**
 * Takes punches that a device kept: a person's own, or a kiosk's of people of its site. Each becomes one fact, however often and in
 * whatever company it is sent; what is not believed is held back and never lost. The results are in the order of the punches. Throws
 * `forbidden`.
 */
export async function syncPunches(deps: Deps, actor: Actor, body: SyncBody): Promise<SyncAnswer> {
  const scope = authorise(actor, 'punches.sync');
  if (scope === 'site' && actor.siteId === undefined)
    throw new AppError('forbidden', 'Only an enrolled kiosk may sync for others.');
  const sender: Sender = { actor, kioskSiteId: scope === 'site' ? (actor.siteId ?? null) : null };
  const answer = await withTransaction(deps.sql, (tx) => syncInto(tx, deps, sender, body));
  deps.relay.wake();
  return answer;
}

async function syncInto(tx: Tx, deps: Deps, sender: Sender, body: SyncBody): Promise<SyncAnswer> {
  const device = deviceOf(sender, body);
  const keptMs = device ? await lockDeviceSkew(tx, device) : null;
  // Behind the lock: the next call of the device is measured after this one.
  const nowMs = deps.clock.now().epochMilliseconds;
  const sentAtMs = Date.parse(body.sentAt);
  const clock = readClock(sentAtMs, nowMs, keptMs, deps.sync);
  const ids = body.punches.map((one) => one.employeeId ?? sender.actor.id);
  const people = await findPeopleAtDoor(tx, [...new Set(ids)]);
  const syncId = newId();
  const drafts = draftPunches(deps, sender, body, { people, clock, nowMs, syncId });
  const outcome = await settle(tx, deps, sender, drafts, nowMs);
  if (device) {
    const completeMs = completeUntilMs(sender, body, clock, nowMs);
    if (completeMs !== null) await queueWatermark(tx, device, completeMs, nowMs);
    await saveDevice(tx, device, clock, nowMs, completeMs);
  }
  if (outcome.brought) {
    const owner = { id: syncId, ownerId: sender.actor.id, deviceId: device?.deviceId ?? null };
    await insertSyncCall(tx, { ...owner, sentAtMs, nowMs, clock });
    await tell(tx, sender, drafts, outcome.results, { clock, nowMs, deviceId: owner.deviceId });
  }
  return {
    results: outcome.results,
    receivedAt: isoInstant(nowMs),
    skewMs: clock.skewMs,
    corrected: clock.appliedMs !== 0,
  };
}

type Asked = BroughtPunch | HeldPunch;

/** Stores what is new, and says of every punch what became of it. */
async function settle(
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

function deviceOf({ actor, kioskSiteId }: Sender, { punches }: SyncBody): SyncDevice | undefined {
  const deviceId = kioskSiteId === null ? punches[0]?.deviceId : actor.id;
  return deviceId === undefined ? undefined : { ownerId: actor.id, deviceId, siteId: kioskSiteId };
}

/** Only a kiosk vouches for others, and only as far as its clock is believed. Nobody knows the future. */
function completeUntilMs(
  { kioskSiteId }: Sender,
  { completeUntil }: SyncBody,
  clock: ClockReading,
  nowMs: number,
): number | null {
  if (kioskSiteId === null || completeUntil === undefined || !clock.believed) return null;
  return Math.min(nowMs, Date.parse(completeUntil) - clock.appliedMs);
}

async function tell(
  tx: Tx,
  { actor, kioskSiteId }: Sender,
  drafts: readonly Draft[],
  results: readonly SyncResult[],
  { clock, nowMs, deviceId }: { clock: ClockReading; nowMs: number; deviceId: string | null },
): Promise<void> {
  const count = (status: SyncResult['status']): number => results.filter((one) => one.status === status).length;
  const isKept = (one: SyncResult | undefined): boolean =>
    one?.status === 'accepted' || (one?.status === 'conflict' && one.reason === 'contradicts');
  const kept = drafts.flatMap((draft, i) => ('fact' in draft && isKept(results[i]) ? [draft.fact] : []));
  const times = kept.map(({ atMs }) => atMs);
  await insertOutbox(tx, [
    newEvent('attendance.punches-synced.v1', {
      version: 1,
      occurredAt: isoInstant(nowMs),
      actor: toEventActor(actor),
      siteId: kioskSiteId ?? kept[0]?.siteId ?? null,
      deviceId,
      accepted: count('accepted'),
      conflicts: count('conflict'),
      rejected: count('rejected'),
      from: times.length > 0 ? isoInstant(times.reduce((a, b) => Math.min(a, b))) : null,
      to: times.length > 0 ? isoInstant(times.reduce((a, b) => Math.max(a, b))) : null,
      employeeIds: [...new Set(kept.map(({ employeeId }) => employeeId))],
      skewMs: clock.skewMs,
      corrected: clock.appliedMs !== 0,
    }),
  ]);
}
