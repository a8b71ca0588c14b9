import type { PunchFlag } from '@muster/contracts/http/attendance';
import type { Db } from '@muster/db';

/** A punch a device brought before. */
export interface KnownPunch {
  /** Of the fact; null while it is held back. */
  punchId: string | null;
  atMs: number | null;
  flags: PunchFlag[];
  hash: string;
  heldReason: 'clock_not_believed' | 'too_old' | null;
}

export const clientKey = (employeeId: string, clientId: string): string => `${employeeId} ${clientId}`;

/** Facts and held punches with these client ids, by {@link clientKey}. A fact beats what was held under the same id. */
export async function findKnownPunches(
  sql: Db,
  wanted: readonly { employeeId: string; clientId: string }[],
): Promise<Map<string, KnownPunch>> {
  if (wanted.length === 0) return new Map();
  const rows = await sql<(Omit<KnownPunch, 'atMs'> & { employeeId: string; clientId: string; at: Date | null })[]>`
    with i as materialized (
      select * from unnest(${wanted.map((one) => one.employeeId)}::uuid[], ${wanted.map((one) => one.clientId)}::uuid[])
        as i (employee_id, client_id)
    )
    select h.employee_id as "employeeId", h.client_id as "clientId", null::uuid as "punchId", null::timestamptz as at,
      '{}'::text[] as flags, encode(h.request_hash, 'hex') as hash, h.reason as "heldReason"
    from i join held_punches h on h.employee_id = i.employee_id and h.client_id = i.client_id
    union all
    select p.employee_id, p.client_id, p.id, p.occurred_at, p.flags, coalesce(encode(p.request_hash, 'hex'), ''), null
    from i join punches p on p.employee_id = i.employee_id and p.client_id = i.client_id`;
  return new Map(
    rows.map(({ employeeId, clientId, at, ...known }) => [
      clientKey(employeeId, clientId),
      { ...known, atMs: at?.getTime() ?? null },
    ]),
  );
}
