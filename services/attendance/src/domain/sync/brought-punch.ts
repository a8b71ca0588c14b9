import { hash } from 'node:crypto';
import type { PunchFlag, SyncPunch, SyncReason, SyncResult } from '@muster/contracts/http/attendance';
import { isoInstant } from '../instant.ts';

/** Fingerprint (hex) of what a device says about a punch: one client id stands for one of them. */
export function hashBrought(one: Omit<SyncPunch, 'clientId' | 'employeeId' | 'qr' | 'deviceId'>): string {
  const { type, occurredAt, latitude, longitude, accuracyM, notes } = one;
  const claimedMs = Temporal.Instant.from(occurredAt).epochMilliseconds;
  return hash('sha256', JSON.stringify([type, claimedMs, latitude, longitude, accuracyM, notes]), 'hex');
}

interface Fact {
  punchId: string | null;
  atMs: number | null;
  flags: PunchFlag[];
}

const noFact: Fact = { punchId: null, atMs: null, flags: [] };

const result = (
  clientId: string,
  status: SyncResult['status'],
  reason: SyncReason | null,
  { punchId, atMs, flags }: Fact = noFact,
): SyncResult => ({ clientId, status, reason, punchId, occurredAt: atMs === null ? null : isoInstant(atMs), flags });

export const accepted = (clientId: string, fact: Fact): SyncResult => result(clientId, 'accepted', null, fact);
export const contradicting = (clientId: string, fact: Fact): SyncResult =>
  result(clientId, 'conflict', 'contradicts', fact);
export const rejected = (clientId: string, reason: SyncReason): SyncResult => result(clientId, 'rejected', reason);
export const held = (clientId: string, reason: 'clock_not_believed' | 'too_old'): SyncResult =>
  result(clientId, 'conflict', reason);

/** A punch whose client id is known: the same one again, or another one under its name. */
export const known = (clientId: string, before: Fact & { hash: string }, hash: string): SyncResult =>
  before.hash === hash || before.hash === ''
    ? result(clientId, 'duplicate', null, before)
    : result(clientId, 'conflict', 'other_content', before);
