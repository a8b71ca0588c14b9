import type { ClassView } from '@muster/contracts/http/attendance';
import type { Db } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { type ClassRow, listClasses } from '../../sql/classes/list-classes.ts';
import { noSuchClass } from './find-visible-class.ts';

/** A class as clients see it. */
export const classView = ({ defaultPlace }: Pick<Deps, 'defaultPlace'>, { zone, ...row }: ClassRow): ClassView => ({
  ...row,
  zone: zone ?? defaultPlace.zone,
});

/** One class, whoever asks; in a transaction as it will be. Throws `not_found`. */
export async function readClass(deps: Pick<Deps, 'defaultPlace'>, sql: Db, id: string): Promise<ClassView> {
  const [row] = (await listClasses(sql, { id }, { limit: 1, offset: 0 })).rows;
  if (row === undefined) throw noSuchClass();
  return classView(deps, row);
}
