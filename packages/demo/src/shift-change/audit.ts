import { type Api, expectStatus } from '../api.ts';
import { awaitAll } from './await-all.ts';

interface AuditPage {
  data: { id: string; entityId: string | null; eventType: string }[];
  meta: { nextCursor: string | null };
}

/** How often each of `ids` was audited under `eventType` since `from`: exactly once is right. */
async function countAudited(
  api: Api,
  token: string,
  eventType: string,
  ids: Set<string>,
  from: string,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ eventType, from, limit: '100', ...(cursor === null ? {} : { cursor }) });
    const page: AuditPage = expectStatus(
      await api.call<AuditPage>('GET', `/api/audit-logs?${query}`, { token, patience: 5 }),
      200,
    );
    for (const { entityId } of page.data) {
      if (entityId !== null && ids.has(entityId)) counts.set(entityId, (counts.get(entityId) ?? 0) + 1);
    }
    cursor = page.meta.nextCursor;
  } while (cursor !== null);
  return counts;
}

export interface Audited {
  once: number;
  twice: number;
}

/** Waits until every id is audited, or until nothing new has come for `quietMs`: then what is missing is missing. */
export async function awaitAudited(o: {
  api: Api;
  token: string;
  eventType: string;
  ids: Set<string>;
  from: string;
  quietMs: number;
}): Promise<Audited> {
  const counts = await awaitAll({
    look: () => countAudited(o.api, o.token, o.eventType, o.ids, o.from),
    count: (seen) => seen.size,
    expected: o.ids.size,
    quietMs: o.quietMs,
    everyMs: 500,
  });
  const values = [...counts.values()];
  return { once: values.filter((n) => n === 1).length, twice: values.filter((n) => n > 1).length };
}
