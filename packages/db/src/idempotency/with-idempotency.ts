import { AppError } from '@muster/contracts';
import { withTransaction } from '../transaction.ts';
import type { Sql, Tx } from '../types.ts';
import { fingerprintOf } from './fingerprint.ts';

export interface StoredAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export interface IdempotencyOptions<A extends StoredAnswer> {
  sql: Sql;
  /** Whose key it is, and for what: the route and the user. Keys of different scopes never meet. */
  scope: string;
  /** The `Idempotency-Key` header; without one the request simply runs. */
  key: string | undefined;
  /** What was asked: the parsed body, and the path's parameters. */
  request: unknown;
  /** Does the work in the transaction that also keeps the answer. What it throws is not kept: a retry tries again. */
  run: (tx: Tx) => Promise<A>;
}

const lockTimeout = '55P03';

/**
 * Runs a request once per key. The same key and request again → the first answer, `replayed`. While the first is under
 * way, the second waits for it. Throws `idempotency_mismatch` for another request under the key, and
 * `request_in_progress` when the first takes longer than the pool's lock timeout (5 s).
 */
export async function withIdempotency<A extends StoredAnswer>(
  options: IdempotencyOptions<A>,
): Promise<(A | StoredAnswer) & { replayed: boolean }> {
  const { sql, key, run } = options;
  if (key === undefined) return { ...(await withTransaction(sql, run)), replayed: false };
  try {
    return await withTransaction(sql, (tx) => claimAndRun(tx, key, options));
  } catch (error) {
    if ((error as { code?: string }).code !== lockTimeout) throw error;
    throw new AppError('request_in_progress', 'The first request with this Idempotency-Key is still being handled.', {
      headers: { 'Retry-After': '1' },
      cause: error,
    });
  }
}

async function claimAndRun<A extends StoredAnswer>(
  tx: Tx,
  key: string,
  { scope, request, run }: IdempotencyOptions<A>,
): Promise<(A | StoredAnswer) & { replayed: boolean }> {
  const fingerprint = fingerprintOf(request);
  // Waits here, as long as the pool's lock timeout, while another transaction holds the key. An expired key counts as none.
  const [claimed] = await tx`
    insert into idempotency_keys (scope, key, fingerprint) values (${scope}, ${key}, ${fingerprint})
    on conflict (scope, key) do update
      set fingerprint = excluded.fingerprint, status = null, body = null, headers = null, created_at = now()
      where idempotency_keys.created_at < now() - interval '24 hours'
    returning key
  `;
  if (claimed === undefined) return storedAnswer(tx, scope, key, fingerprint);
  const answer = await run(tx);
  await tx`
    update idempotency_keys
    set status = ${answer.status}, body = ${JSON.stringify(answer.body ?? null)}::text::json,
        headers = ${JSON.stringify(answer.headers ?? {})}::text::json
    where scope = ${scope} and key = ${key}
  `;
  return { ...answer, replayed: false };
}

async function storedAnswer(
  tx: Tx,
  scope: string,
  key: string,
  fingerprint: string,
): Promise<StoredAnswer & { replayed: boolean }> {
  const [row] = await tx<(Required<StoredAnswer> & { fingerprint: string })[]>`
    select fingerprint, status, body, headers from idempotency_keys where scope = ${scope} and key = ${key}
  `;
  if (row === undefined) throw new Error('The idempotency key vanished while it was being read.');
  if (row.fingerprint !== fingerprint) {
    throw new AppError('idempotency_mismatch', 'This Idempotency-Key was used with a different request.');
  }
  return { status: row.status, body: row.body, headers: row.headers, replayed: true };
}
