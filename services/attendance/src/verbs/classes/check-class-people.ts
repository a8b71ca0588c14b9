import { AppError, type FieldError } from '@muster/contracts';
import type { Db } from '@muster/db';
import type { Deps } from '../../deps.ts';
import type { ClassChange } from '../../domain/classes/school-class.ts';
import { findPeople } from '../../sql/find-people.ts';
import { findSite } from '../../sql/find-site.ts';

/** Throws `invalid_input` where a class would be at a site, or have people, that nobody knows. */
export async function checkClassPeople(
  { defaultPlace }: Pick<Deps, 'defaultPlace'>,
  sql: Db,
  { siteId, teacherIds = [], memberIds = [] }: ClassChange,
): Promise<void> {
  const people = await findPeople(sql, [...new Set([...teacherIds, ...memberIds])]);
  const isMissing = (id: string): boolean => people.get(id)?.status !== 'active';
  const errors: FieldError[] = [];
  const refuse = (field: string, message: string): void => {
    errors.push({ field, message, in: 'body' });
  };
  if (siteId !== undefined && siteId !== defaultPlace.siteId && (await findSite(sql, siteId)) === undefined)
    refuse('siteId', 'is no site');
  if (teacherIds.some(isMissing)) refuse('teacherIds', 'names somebody who is not here');
  if (memberIds.some(isMissing)) refuse('memberIds', 'names somebody who is not here');
  if (errors.length > 0) throw new AppError('invalid_input', 'The class cannot be made up like this.', { errors });
}
