import type { Db } from '@muster/db';
import type { StoredRequest } from '../../domain/corrections/request.ts';
import { type FactRow, findFacts } from '../../sql/corrections/find-facts.ts';

/** What requests are about, by id of the fact: one query for all of them, by keys. */
export function targetsOf(sql: Db, requests: readonly StoredRequest[]): Promise<Map<string, FactRow>> {
  return findFacts(
    sql,
    requests.flatMap(({ employeeId, targetId, targetAtMs }) =>
      targetId === null ? [] : [{ employeeId, id: targetId, fromMs: targetAtMs ?? 0, toMs: (targetAtMs ?? 0) + 1 }],
    ),
  );
}
