import type { Tx } from '@muster/db';

/** Queues the days, from a date on, of everybody who is planned for a shift type, by rotation too; nothing after `through`. */
export async function queueDaysOfShiftType(tx: Tx, shiftTypeId: string, from: string, through: string): Promise<void> {
  const ids = [shiftTypeId];
  await tx`
    insert into day_queue (employee_id, from_date, to_date)
    select employee_id, min(from_date) - 1, least(max(to_date) + 1, ${through}::date) from (
      select a.employee_id, greatest(a.from_date, ${from}::date) as from_date, coalesce(a.to_date, ${through}::date) as to_date
      from shift_assignments a left join rotations r on r.id = a.rotation_id
      where (a.shift_type_id = ${shiftTypeId} or r.shift_type_ids @> ${ids}::uuid[])
        and a.from_date <= ${through}::date and (a.to_date is null or a.to_date >= ${from}::date)
      union all
      select employee_id, min(date), max(date) from roster_days
      where date between ${from}::date and ${through}::date and shift_type_ids @> ${ids}::uuid[] group by employee_id
    ) as touched
    group by employee_id`;
}
