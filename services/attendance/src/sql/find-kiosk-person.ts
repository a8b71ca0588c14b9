import type { Db } from '@muster/db';
import type { PinFailures } from '../domain/pin-delay.ts';

/** Somebody in front of a kiosk, as far as they are known. */
export interface KioskPerson {
  /** Null for somebody nobody knows. */
  siteId: string | null;
  isActive: boolean;
  digest: Uint8Array | null;
  ofPerson: PinFailures;
  ofDevice: PinFailures;
}

interface Row {
  siteId: string | null;
  isActive: boolean;
  digest: Uint8Array | null;
  personFailures: number;
  personFailedAt: Date | null;
  deviceFailures: number;
  deviceFailedAt: Date | null;
}

/** All that a kiosk's request is decided by, in one look by keys. */
export async function findKioskPerson(
  sql: Db,
  { employeeId, deviceId }: { employeeId: string; deviceId: string },
): Promise<KioskPerson> {
  const [row] = await sql<[Row]>`
    select p.site_id as "siteId", coalesce(p.status = 'active', false) as "isActive", k.digest,
      coalesce(pf.failures, 0) as "personFailures", pf.last_failed_at as "personFailedAt",
      coalesce(df.failures, 0) as "deviceFailures", df.last_failed_at as "deviceFailedAt"
    from (select ${employeeId}::uuid as id) i
    left join people p on p.id = i.id
    left join kiosk_pins k on k.employee_id = i.id
    left join pin_failures pf on pf.kind = 'person' and pf.id = i.id
    left join pin_failures df on df.kind = 'device' and df.id = ${deviceId}`;
  return {
    siteId: row.siteId,
    isActive: row.isActive,
    digest: row.digest,
    ofPerson: { failures: row.personFailures, lastFailedAtMs: row.personFailedAt?.getTime() ?? 0 },
    ofDevice: { failures: row.deviceFailures, lastFailedAtMs: row.deviceFailedAt?.getTime() ?? 0 },
  };
}
