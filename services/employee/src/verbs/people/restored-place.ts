import type { Tx } from '@muster/db';
import type { Person } from '../../domain/person.ts';
import { shareDepartmentByName } from '../../sql/departments.ts';
import { lockSite } from '../../sql/lock-site.ts';

/** Where a restored person belongs: where it was, or the default site and no department where those were deleted meanwhile. */
export async function restoredPlace(
  tx: Tx,
  person: Person,
  defaultSiteId: string,
): Promise<Pick<Person, 'siteId' | 'departmentId' | 'department'>> {
  const site = await lockSite(tx, person.siteId, 'share');
  const department = person.department === null ? undefined : await shareDepartmentByName(tx, person.department);
  return {
    siteId: site?.id ?? defaultSiteId,
    departmentId: department?.id ?? null,
    department: department?.name ?? null,
  };
}
