import type { Db } from '@muster/db';

export interface Failed {
  kind: 'person' | 'device';
  id: string;
  /** After so long without a failure counting starts anew. */
  forgetMs: number;
}

/** Counts one more wrong PIN, for a device before its person: everybody takes rows in the same order. Returns the new count. */
export async function countPinFailure(tx: Db, { kind, id, forgetMs }: Failed, nowMs: number): Promise<number> {
  const at = new Date(nowMs);
  const [row] = await tx<{ failures: number }[]>`
    insert into pin_failures (kind, id, failures, last_failed_at) values (${kind}, ${id}, 1, ${at})
    on conflict (kind, id) do update set last_failed_at = greatest(pin_failures.last_failed_at, excluded.last_failed_at),
      failures = case when pin_failures.last_failed_at <= ${new Date(nowMs - forgetMs)} then 1
        else pin_failures.failures + 1 end
    returning failures`;
  return row?.failures ?? 1;
}

/** Forgets a person's wrong PINs: the right one came, or HR reset it. A device's are forgotten by time alone. */
export async function forgetPinFailures(sql: Db, employeeId: string): Promise<void> {
  await sql`delete from pin_failures where kind = 'person' and id = ${employeeId}`;
}
