import type { ClassRegister } from '@muster/contracts/http/attendance';
import type { Actor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeMark } from '../../domain/classes/mark.ts';
import { listRegister } from '../../sql/classes/list-register.ts';
import { findVisibleClass } from './find-visible-class.ts';

/** Everybody in a class with their mark of a day, today at its site by default. Throws `not_found`. */
export async function getRegister(deps: Deps, actor: Actor, classId: string, day?: string): Promise<ClassRegister> {
  const { zone } = await findVisibleClass(deps, actor, 'classes.read', classId);
  const date = day ?? deps.localDay(deps.clock.now().epochMilliseconds, zone).date;
  const rows = await listRegister(deps.sql, classId, date);
  const members = rows.map(({ id, name, status, markedAt }) => {
    const mark =
      status === null || markedAt === null
        ? { status: null, timestamp: null }
        : describeMark({ status, markedAtMs: markedAt.getTime() });
    return { id, name, ...mark };
  });
  return { classId, date, members };
}
