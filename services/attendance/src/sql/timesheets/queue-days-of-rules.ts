import type { Tx } from '@muster/db';
import { factsReach } from '../../domain/days/index.ts';

/**
 * Queues the stored days that a version of the rules touches: of its site's people, or of everybody whose site has none of its own, from its
 * date on until the next one's. One statement, one entry a person; who has no such day is left alone.
 */
export async function queueDaysOfRules(tx: Tx, siteId: string | null, validFrom: string): Promise<void> {
  const { daysBefore, daysAfter } = factsReach;
  await tx`
    with next as (
      select min(valid_from) as from_date from rule_versions
      where site_id is not distinct from ${siteId}::uuid and valid_from > ${validFrom}
    )
    insert into day_queue (employee_id, from_date, to_date)
    select p.id, ${validFrom}::date - ${daysBefore}::int, days.last
    from people p, next, lateral (
      select max(d.date) as last from attendance_days d
      where d.employee_id = p.id and d.date between ${validFrom}::date - ${daysBefore}::int
        and coalesce(next.from_date + ${daysAfter}::int, 'infinity'::date)
    ) as days
    where days.last is not null and ${
      siteId === null
        ? // A site with rules of its own from the first of these days on, for ever, is not concerned.
          tx`not exists (
            select from rule_versions own where own.site_id = p.site_id and own.rules is not null and own.valid_from <= ${validFrom}
              and not exists (select from rule_versions gone where gone.site_id = p.site_id and gone.rules is null))`
        : tx`p.site_id = ${siteId}`
    }`;
}
