import type { Db } from '@muster/db';
import type { StoredFact } from '../../domain/corrections/describe-fact.ts';

export interface FactRow extends StoredFact {
  employeeId: string;
}

export interface FactWanted {
  employeeId: string;
  id: string;
  /** Between which instants it is to be found where it is a punch, Unix milliseconds: the key begins with person and time. */
  fromMs: number;
  toMs: number;
}

/** The facts among these, by id. */
export async function findFacts(sql: Db, wanted: readonly FactWanted[]): Promise<Map<string, FactRow>> {
  if (wanted.length === 0) return new Map();
  const rows = await sql<FactRow[]>`
    with wanted as materialized (
      select * from unnest(${wanted.map(({ employeeId }) => employeeId)}::uuid[], ${wanted.map(({ id }) => id)}::uuid[],
        ${wanted.map(({ fromMs }) => new Date(fromMs).toISOString())}::timestamptz[],
        ${wanted.map(({ toMs }) => new Date(toMs).toISOString())}::timestamptz[]) as w (employee_id, id, from_at, to_at)
    )
    select p.id, p.employee_id as "employeeId", 'punch' as kind, null as change, null::uuid as "targetId", p.type,
      floor(extract(epoch from p.occurred_at) * 1000)::float8 as "occurredAtMs", p.source, floor(extract(epoch from p.received_at) * 1000)::float8 as "receivedAtMs"
    from wanted w join punches p on p.employee_id = w.employee_id and p.id = w.id and p.occurred_at between w.from_at and w.to_at
    union all
    select c.id, c.employee_id, 'correction', c.change, c.target_id, c.type, floor(extract(epoch from c.occurred_at) * 1000)::float8,
      null, floor(extract(epoch from c.decided_at) * 1000)::float8
    from wanted w join corrections c on c.id = w.id and c.employee_id = w.employee_id`;
  return new Map(rows.map((row) => [row.id, row]));
}
