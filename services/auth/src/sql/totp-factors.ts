import type { Db } from '@muster/db';

export interface TotpFactor {
  secretSealed: Uint8Array;
  /** False while no code has proven that the app has the secret. */
  enabled: boolean;
  /** The last 30 s step whose code was used. */
  lastStep: number;
  /** Wrong codes since the last right one. */
  failures: number;
  blockedUntil: Date | null;
}

/** The person's authenticator app; locked until the transaction ends, so that two codes are judged one after the other. */
export async function lockTotpFactor(tx: Db, userId: string): Promise<TotpFactor | undefined> {
  const [factor] = await tx<TotpFactor[]>`
    select
      secret_sealed as "secretSealed", enabled_at is not null as enabled, last_step as "lastStep", failures,
      blocked_until as "blockedUntil"
    from totp_factors where user_id = ${userId} for update
  `;
  return factor;
}

/** Stores a new secret that waits for its first code. False when the person has one enabled. */
export async function saveTotpSecret(
  tx: Db,
  f: { userId: string; secretSealed: Uint8Array; now: Temporal.Instant },
): Promise<boolean> {
  const rows = await tx`
    insert into totp_factors (user_id, secret_sealed, created_at)
    values (${f.userId}, ${f.secretSealed}, ${f.now.toString()})
    on conflict (user_id) do update set secret_sealed = excluded.secret_sealed, created_at = excluded.created_at
    where totp_factors.enabled_at is null
    returning user_id
  `;
  return rows.length > 0;
}

/** Notes that a code of this step was used; from the first one on the factor counts. */
export async function acceptTotpStep(tx: Db, userId: string, step: number, now: Temporal.Instant): Promise<void> {
  await tx`
    update totp_factors set
      last_step = ${step}, failures = 0, blocked_until = null, enabled_at = coalesce(enabled_at, ${now.toString()})
    where user_id = ${userId}
  `;
}

/** Notes a wrong code, and until when no other is looked at. */
export async function refuseTotp(
  tx: Db,
  userId: string,
  f: { failures: number; blockedUntil: Temporal.Instant | undefined },
): Promise<void> {
  await tx`
    update totp_factors set failures = ${f.failures}, blocked_until = ${f.blockedUntil?.toString() ?? null}
    where user_id = ${userId}
  `;
}

/** True when the person has an enabled one. */
export async function hasTotpFactor(sql: Db, userId: string): Promise<boolean> {
  const rows = await sql`select 1 from totp_factors where user_id = ${userId} and enabled_at is not null`;
  return rows.length > 0;
}

/** Forgets the authenticator app. False when there was none enabled. */
export async function deleteTotpFactor(tx: Db, userId: string): Promise<boolean> {
  const [row] = await tx<{ enabled: boolean }[]>`
    delete from totp_factors where user_id = ${userId} returning enabled_at is not null as enabled
  `;
  return row?.enabled ?? false;
}
