import { AppError } from '@muster/contracts';
import type { SyncAnswer, SyncBody, SyncResult } from '@muster/contracts/http/attendance';
import { insertOutbox, newEvent, newId, type Tx, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { isoInstant } from '../../domain/instant.ts';
import { type ClockReading, readClock } from '../../domain/sync/clock-skew.ts';
import { findPeopleAtDoor } from '../../sql/sync/find-people-at-door.ts';
import { insertSyncCall, lockDeviceSkew, type SyncDevice, saveDevice } from '../../sql/sync/sync-devices.ts';
import { queueWatermark } from '../../sql/sync/watermarks.ts';
import { type Draft, draftPunches, type Sender } from './draft-punches.ts';
import { settlePunches } from './settle-punches.ts';

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
  // What a device kept is a rush of its own; it goes on for as long as the next call may take to come.
  deps.rush.note(body.punches.length);
  const answer = await withTransaction(deps.sql, (tx) => syncInto(tx, deps, sender, body));
  deps.rush.note(body.punches.length);
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
  const outcome = await settlePunches(tx, deps, sender, drafts, nowMs);
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
