import type { Tx } from '@muster/db';
import type { CorrectionFact, Fact, PunchFact } from '../../domain/days/index.ts';
import { instantText, type Part } from './part-of-history.ts';

/** Where a fact was made: what a session takes over from its check-in. */
export interface FactPlace {
  siteId: string;
  zone: string;
  source: PunchFact['source'];
  flags: string[];
}

/** A person's facts from an instant on, and the place of each punch by the fact's id; a correction has its target's. */
export interface DoorFacts {
  facts: Fact[];
  places: Map<string, FactPlace>;
}

interface PunchRow extends FactPlace {
  id: string;
  employeeId: string;
  type: PunchFact['type'];
  occurredAt: Date;
}

interface CorrectionRow {
  id: string;
  employeeId: string;
  change: CorrectionFact['change'];
  targetId: string | null;
  type: PunchFact['type'] | null;
  occurredAt: Date | null;
  decidedAt: Date;
  siteId: string | null;
  zone: string | null;
}

/** The punches in these parts, their ends included, and all corrections of the people: they are few, and may move a punch far. */
export async function loadDoorFacts(tx: Tx, wanted: readonly Part[]): Promise<Map<string, DoorFacts>> {
  const ids = wanted.map(({ employeeId }) => employeeId);
  const punches = await tx<PunchRow[]>`
    select p.id, p.employee_id as "employeeId", p.type, p.source, p.zone, p.occurred_at as "occurredAt", p.site_id as "siteId",
      p.flags
    from unnest(${ids}::uuid[], ${wanted.map(({ fromMs }) => instantText(fromMs))}::timestamptz[],
      ${wanted.map(({ untilMs }) => instantText(untilMs))}::timestamptz[])
      as i (employee_id, from_at, until_at)
    join punches p on p.employee_id = i.employee_id and p.occurred_at between i.from_at and i.until_at`;
  const corrections = await tx<CorrectionRow[]>`
    select c.id, c.employee_id as "employeeId", c.change, c.target_id as "targetId", c.type, c.occurred_at as "occurredAt",
      c.decided_at as "decidedAt", p.site_id as "siteId", p.zone
    from corrections c left join punches p on p.employee_id = c.employee_id and p.id = c.target_id
    where c.employee_id = any(${ids}::uuid[])`;
  const found = new Map<string, DoorFacts>(ids.map((id) => [id, { facts: [], places: new Map() }]));
  for (const { id, employeeId, type, occurredAt, ...place } of punches) {
    const of = found.get(employeeId);
    of?.facts.push({ kind: 'punch', id, type, source: place.source, zone: place.zone, atMs: occurredAt.getTime() });
    of?.places.set(id, place);
  }
  for (const row of corrections) {
    const { id, employeeId, change, targetId, type, occurredAt, decidedAt, siteId, zone } = row;
    const of = found.get(employeeId);
    const punch = type && occurredAt ? { type, atMs: occurredAt.getTime() } : null;
    of?.facts.push({ kind: 'correction', id, change, targetId, punch, decidedAtMs: decidedAt.getTime() });
    if (siteId && zone) of?.places.set(id, { siteId, zone, source: 'correction', flags: [] });
  }
  return found;
}
