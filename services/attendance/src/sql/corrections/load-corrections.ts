import type { Db } from '@muster/db';
import type { CorrectionFact, PunchType } from '../../domain/days/index.ts';

/** Every approved correction of a person. */
export async function loadCorrections(sql: Db, employeeId: string): Promise<CorrectionFact[]> {
  const rows = await sql<
    {
      id: string;
      change: CorrectionFact['change'];
      targetId: string | null;
      type: PunchType | null;
      occurredAt: Date | null;
      decidedAt: Date;
    }[]
  >`
    select id, change, target_id as "targetId", type, occurred_at as "occurredAt", decided_at as "decidedAt"
    from corrections where employee_id = ${employeeId}`;
  return rows.map(({ id, change, targetId, type, occurredAt, decidedAt }) => ({
    kind: 'correction',
    id,
    change,
    targetId,
    punch: type && occurredAt ? { type, atMs: occurredAt.getTime() } : null,
    decidedAtMs: decidedAt.getTime(),
  }));
}
