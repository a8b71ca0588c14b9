import type { MarkStatus } from '@muster/contracts/http/attendance';
import type { Db } from '@muster/db';

export interface RegisterRow {
  id: string;
  name: string;
  status: MarkStatus | null;
  markedAt: Date | null;
}

/** A class's members by name, each with their mark of one local day. */
export const listRegister = (sql: Db, classId: string, date: string): Promise<RegisterRow[]> =>
  sql<RegisterRow[]>`
    select m.person_id as id, coalesce(p.name, '') as name, k.status, k.marked_at as "markedAt"
    from class_members m
    left join people p on p.id = m.person_id
    left join class_marks k on k.class_id = m.class_id and k.date = ${date} and k.student_id = m.person_id
    where m.class_id = ${classId}
    order by p.name, m.person_id`;
