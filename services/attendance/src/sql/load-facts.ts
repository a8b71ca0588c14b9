import type { Db } from '@muster/db';
import type { CorrectionFact, Fact, PunchFact } from '../domain/days/index.ts';

export interface FactsWanted {
  employeeId: string;
  /** Instants between which punches are wanted, both included. Unix milliseconds. */
  fromMs: number;
  toMs: number;
}

interface PunchRow extends Pick<PunchFact, 'id' | 'type' | 'source'> {
  employee_id: string;
  occurred_at: Date;
  zone: string;
}

interface CorrectionRow extends Pick<CorrectionFact, 'id' | 'change'> {
  employee_id: string;
  target_id: string | null;
  type: PunchFact['type'] | null;
  occurred_at: Date | null;
  decided_at: Date;
}

/** Punches in reach of what is wanted, and all corrections of the people: they are few, and may move a punch far. By person. */
export async function loadFacts(sql: Db, wanted: readonly FactsWanted[]): Promise<Map<string, Fact[]>> {
  const ids = wanted.map(({ employeeId }) => employeeId);
  // One after the other: a transaction has one connection.
  const punches = await sql<PunchRow[]>`
    select p.id, p.employee_id, p.type, p.source, p.zone, p.occurred_at
    from unnest(${ids}::uuid[], ${wanted.map(({ fromMs }) => new Date(fromMs).toISOString())}::timestamptz[],
      ${wanted.map(({ toMs }) => new Date(toMs).toISOString())}::timestamptz[]) as i (employee_id, from_at, to_at)
    join punches p on p.employee_id = i.employee_id and p.occurred_at between i.from_at and i.to_at`;
  const corrections = await sql<CorrectionRow[]>`
    select id, employee_id, change, target_id, type, occurred_at, decided_at
    from corrections where employee_id = any(${ids}::uuid[])`;
  const facts = new Map<string, Fact[]>(ids.map((id) => [id, []]));
  for (const { employee_id, id, type, source, zone, occurred_at } of punches)
    facts.get(employee_id)?.push({ kind: 'punch', id, type, source, zone, atMs: occurred_at.getTime() });
  for (const row of corrections)
    facts.get(row.employee_id)?.push({
      kind: 'correction',
      id: row.id,
      change: row.change,
      targetId: row.target_id,
      punch: row.type && row.occurred_at ? { type: row.type, atMs: row.occurred_at.getTime() } : null,
      decidedAtMs: row.decided_at.getTime(),
    });
  return facts;
}
