import type { Db } from '@muster/db';

/** Stores a person's PIN in place of an earlier one. Returns the version it has now. */
export async function savePin(tx: Db, p: { employeeId: string; digest: Uint8Array; nowMs: number }): Promise<number> {
  const at = new Date(p.nowMs);
  const [row] = await tx<{ version: number }[]>`
    insert into kiosk_pins (employee_id, digest, set_at) values (${p.employeeId}, ${p.digest}, ${at})
    on conflict (employee_id) do update
      set digest = excluded.digest, set_at = excluded.set_at, version = kiosk_pins.version + 1
    returning version`;
  return row?.version ?? 1;
}

/** Takes a person's PIN away. Returns the version after it, or undefined when there was none. */
export async function clearPin(tx: Db, employeeId: string): Promise<number | undefined> {
  const [row] = await tx<{ version: number }[]>`
    update kiosk_pins set digest = null, version = version + 1 where employee_id = ${employeeId} and digest is not null
    returning version`;
  return row?.version;
}

/** When the person's PIN was set; null when they have none. */
export async function findPinSetAt(sql: Db, employeeId: string): Promise<Date | null> {
  const [row] = await sql<{ setAt: Date }[]>`
    select set_at as "setAt" from kiosk_pins where employee_id = ${employeeId} and digest is not null`;
  return row?.setAt ?? null;
}
