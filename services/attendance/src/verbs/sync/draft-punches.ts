import type { PunchFlag, SyncBody, SyncPunch, SyncResult } from '@muster/contracts/http/attendance';
import { newId } from '@muster/db';
import type { Actor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { qrLifeMs, readQr } from '../../domain/qr-token.ts';
import { hashBrought, rejected } from '../../domain/sync/brought-punch.ts';
import type { ClockReading } from '../../domain/sync/clock-skew.ts';
import { punchIdOf, sessionIdOf } from '../../domain/sync/derived-id.ts';
import { judgePunch } from '../../domain/sync/judge-punch.ts';
import { judgePlace } from '../../domain/sync/place-rules.ts';
import type { PersonAtDoor } from '../../sql/sync/find-people-at-door.ts';
import type { HeldPunch } from '../../sql/sync/held-punches.ts';
import type { BroughtPunch } from '../../sql/sync/insert-brought-punches.ts';

/** Who brings punches. `kioskSiteId`: null for a person, who brings their own. */
export interface Sender {
  actor: Actor;
  kioskSiteId: string | null;
}

/** What a punch is worth, before anybody looks whether it is known. */
export type Draft = { fact: BroughtPunch } | { held: HeldPunch } | { rejected: SyncResult };

interface Call {
  people: Map<string, PersonAtDoor>;
  clock: ClockReading;
  nowMs: number;
  syncId: string;
}

/** Decides about each punch of a call by itself. */
export function draftPunches(deps: Deps, sender: Sender, body: SyncBody, call: Call): Draft[] {
  return body.punches.map((punch) => draft(deps, sender, punch, call));
}

function draft(deps: Deps, sender: Sender, punch: SyncPunch, call: Call): Draft {
  const { clientId, type, latitude, longitude, accuracyM, notes } = punch;
  const { actor, kioskSiteId } = sender;
  const employeeId = punch.employeeId ?? (kioskSiteId === null ? actor.id : undefined);
  const person = call.people.get(employeeId ?? '');
  if (employeeId === undefined || !isOf(sender, employeeId, person))
    return { rejected: rejected(clientId, 'not_of_this_site') };
  if (person?.status === 'deleted') return { rejected: rejected(clientId, 'deleted_person') };
  const claimedMs = Date.parse(punch.occurredAt);
  const judgement = judgePunch(claimedMs, call.clock, call.nowMs, deps.sync);
  if (judgement.verdict === 'rejected') return { rejected: rejected(clientId, judgement.reason) };
  const siteId = person?.siteId ?? deps.defaultPlace.siteId;
  const zone = person?.zone ?? deps.defaultPlace.zone;
  const common = {
    employeeId,
    clientId,
    type,
    claimedMs,
    receivedMs: call.nowMs,
    siteId,
    deviceId: kioskSiteId === null ? (punch.deviceId ?? null) : actor.id,
    syncId: call.syncId,
    notes,
    hash: hashBrought(punch),
  };
  if (judgement.verdict === 'held') return { held: { ...common, id: newId(), reason: judgement.reason } };
  const { atMs } = judgement;
  const proof = proofOf(deps, sender, punch, employeeId, atMs);
  if (proof === 'invalid_qr') return { rejected: rejected(clientId, proof) };
  const place = person?.place
    ? judgePlace(person.place, { latitude, longitude, accuracyM, atKiosk: kioskSiteId !== null })
    : { flags: [] };
  const flags: PunchFlag[] = [...(judgement.corrected ? ['CLOCK_CORRECTED' as const] : []), ...proof, ...place.flags];
  const id = punchIdOf(employeeId, clientId);
  const { date, offsetMinutes } = deps.localDay(atMs, zone);
  return {
    fact: {
      ...common,
      id,
      sessionId: sessionIdOf(id, atMs),
      zone,
      atMs,
      localDate: date,
      offsetMinutes,
      source: 'offline',
      latitude,
      longitude,
      accuracyM,
      flags,
    },
  };
}

/** A person brings their own, also before anybody knows them; a kiosk those of its site. */
const isOf = ({ actor, kioskSiteId }: Sender, employeeId: string, person: PersonAtDoor | undefined): boolean =>
  kioskSiteId === null ? employeeId === actor.id : person?.siteId === kioskSiteId;

/** A code was good for half a minute before it ended; who showed none is vouched for by the kiosk, and marked so. */
function proofOf(
  deps: Deps,
  { kioskSiteId }: Sender,
  { qr }: SyncPunch,
  employeeId: string,
  atMs: number,
): PunchFlag[] | 'invalid_qr' {
  if (kioskSiteId === null) return [];
  if (qr === undefined) return ['VOUCHED_BY_KIOSK'];
  try {
    const code = readQr(deps.kiosk.keys.qr, qr);
    const { toleranceMs } = deps.sync;
    const isGood = atMs <= code.expiresAtMs + toleranceMs && atMs >= code.expiresAtMs - qrLifeMs - toleranceMs;
    return code.employeeId === employeeId && isGood ? [] : 'invalid_qr';
  } catch {
    return 'invalid_qr';
  }
}
