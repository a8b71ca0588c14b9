import { withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { forgetInNotice } from '../../domain/forget-in-notice.ts';
import { saveNotificationProgress } from '../../sql/erased-people.ts';
import { endOfNoticePage, lockNoticesAbout, rewriteNotice } from '../../sql/notices-about.ts';

const pageSize = 5_000;

/**
 * Takes a person out of what others were told, after the notification `id`, at most `pages` pages. Undefined when there are
 * no more, else where it got.
 */
export async function redactNotices(
  deps: Deps,
  personId: string,
  id: string,
  pages: number,
): Promise<string | undefined> {
  let at = id;
  for (let page = 0; page < pages; page++) {
    const last = await withTransaction(deps.sql, async (tx) => {
      const end = await endOfNoticePage(tx, at, pageSize);
      if (end === undefined) return undefined;
      const notices = await lockNoticesAbout(tx, personId, at, end);
      for (const notice of notices) await rewriteNotice(tx, { id: notice.id, ...forgetInNotice(notice, personId) });
      await saveNotificationProgress(tx, personId, end);
      return end;
    });
    if (last === undefined) return undefined;
    at = last;
  }
  return at;
}
