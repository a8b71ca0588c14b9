import type { PersonEventType } from '@muster/contracts';
import type { EventOf, EventTable } from '@muster/dapr';
import type { Sql } from '@muster/db';
import { projectPerson } from '../verbs/project-person.ts';
import { projectSite } from '../verbs/project-site.ts';

type PersonEvent = EventOf<PersonEventType>;
type SiteEvent = EventOf<'employee.site-created.v1' | 'employee.site-updated.v1'>;

/** What attendance does with the events of others: it keeps people and sites, so that a check-in asks nobody. */
export function eventTable(sql: Sql): EventTable {
  const person = ({ id, data }: PersonEvent) => projectPerson(sql, { ...data, id });
  const site = ({ id, data }: SiteEvent) => projectSite(sql, { ...data, id, site: data.after, deleted: false });
  return {
    employee: {
      'employee.employee-created.v1': person,
      'employee.employee-updated.v1': person,
      'employee.employee-deleted.v1': person,
      'employee.employee-restored.v1': person,
      'employee.profile-updated.v1': person,
      'employee.site-created.v1': site,
      'employee.site-updated.v1': site,
      'employee.site-deleted.v1': ({ id, data }) => projectSite(sql, { ...data, id, site: data.before, deleted: true }),
    },
  };
}
