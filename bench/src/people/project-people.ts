import type { Sql } from '@muster/db';
import type { Person } from './mint-people.ts';

/** Stores people as attendance does when it hears of them, so that a check-in finds them at their site. */
export async function projectPeople(sql: Sql, people: readonly Person[], siteId: string): Promise<void> {
  await sql`
    insert into people (id, name, role, department, site_id, status, version)
    select id, name, 'employee', 'Ward', ${siteId}::uuid, 'active', 1
    from unnest(${people.map(({ id }) => id)}::uuid[], ${people.map(({ name }) => name)}::text[]) as new (id, name)`;
}
