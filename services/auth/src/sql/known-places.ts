import type { Db } from '@muster/db';

/** Places are known for this long after the last sign-in. */
const KNOWN_DAYS = 90;

/** Whether the account has signed in from there. An account that is not there costs the same. */
export async function isKnownPlace(
  sql: Db,
  p: { userId: string | undefined; place: string; now: Temporal.Instant },
): Promise<boolean> {
  const since = p.now.subtract({ hours: KNOWN_DAYS * 24 }).toString();
  const rows = await sql`
    select from known_places where user_id = ${p.userId ?? null} and place = ${p.place} and last_seen_at > ${since}
  `;
  return rows.length > 0;
}

/** Notes a sign-in from there. `isNew`: not seen (lately). `isFirst`: the account had no place before. */
export async function rememberPlace(
  tx: Db,
  p: { userId: string; place: string; now: Temporal.Instant },
): Promise<{ isNew: boolean; isFirst: boolean }> {
  const now = p.now.toString();
  const since = p.now.subtract({ hours: KNOWN_DAYS * 24 }).toString();
  const [row] = await tx<{ isNew: boolean; isFirst: boolean }[]>`
    with before as (
      select count(*) as places, bool_or(place = ${p.place} and last_seen_at > ${since}) as known
      from known_places where user_id = ${p.userId}
    ), noted as (
      insert into known_places (user_id, place, first_seen_at, last_seen_at)
      values (${p.userId}, ${p.place}, ${now}, ${now})
      on conflict (user_id, place) do update set last_seen_at = excluded.last_seen_at
    )
    select known is not true as "isNew", places = 0 as "isFirst" from before
  `;
  return row ?? { isNew: false, isFirst: false };
}

/** Removes places that are known no more; returns how many. */
export async function purgeKnownPlaces(sql: Db, now: Temporal.Instant, limit: number): Promise<number> {
  const before = now.subtract({ hours: KNOWN_DAYS * 24 }).toString();
  const gone = await sql`
    delete from known_places where ctid in (
      select ctid from known_places where last_seen_at < ${before} limit ${limit}
    )
  `;
  return gone.count;
}
