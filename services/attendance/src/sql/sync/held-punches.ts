import type { PunchTypeName } from '@muster/contracts/http/attendance';
import type { Tx } from '@muster/db';

/** A punch that is not believed, and kept. */
export interface HeldPunch {
  id: string;
  employeeId: string;
  clientId: string;
  type: PunchTypeName;
  claimedMs: number;
  receivedMs: number;
  siteId: string;
  deviceId: string | null;
  syncId: string;
  reason: 'clock_not_believed' | 'too_old';
  notes?: string | undefined;
  hash: string;
}

/** Keeps punches that are not believed; who is held already stays as they are. Returns the ids that are new. */
export async function insertHeldPunches(tx: Tx, held: readonly HeldPunch[]): Promise<Set<string>> {
  if (held.length === 0) return new Set();
  const rows = held.map((one) => ({
    id: one.id,
    employee_id: one.employeeId,
    client_id: one.clientId,
    type: one.type,
    claimed_at: new Date(one.claimedMs).toISOString(),
    received_at: new Date(one.receivedMs).toISOString(),
    site_id: one.siteId,
    device_id: one.deviceId,
    sync_id: one.syncId,
    reason: one.reason,
    notes: one.notes,
    request_hash: `\\x${one.hash}`,
  }));
  const stored = await tx<{ id: string }[]>`
    insert into held_punches (id, employee_id, client_id, type, claimed_at, received_at, site_id, device_id, sync_id, reason, notes,
      request_hash)
    select id, employee_id, client_id, type, claimed_at, received_at, site_id, device_id, sync_id, reason, notes, request_hash
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as x (id uuid, employee_id uuid, client_id uuid, type text,
      claimed_at timestamptz, received_at timestamptz, site_id uuid, device_id uuid, sync_id uuid, reason text, notes text,
      request_hash bytea)
    on conflict (employee_id, client_id) do nothing
    returning id`;
  return new Set(stored.map(({ id }) => id));
}

/** What was held and is a fact by now waits for nobody. */
export async function settleHeldPunches(
  tx: Tx,
  settled: readonly { employeeId: string; clientId: string }[],
  nowMs: number,
): Promise<void> {
  if (settled.length === 0) return;
  await tx`
    update held_punches h set settled_at = ${new Date(nowMs)}
    from unnest(${settled.map((one) => one.employeeId)}::uuid[], ${settled.map((one) => one.clientId)}::uuid[])
      as i (employee_id, client_id)
    where h.employee_id = i.employee_id and h.client_id = i.client_id and h.settled_at is null`;
}
