import type { Tx } from '@muster/db';

export interface NoticeAbout {
  id: string;
  title: string;
  data: Record<string, unknown>;
}

/** Where a page of all notifications ends that begins after `id`; undefined behind the last one. */
export async function endOfNoticePage(tx: Tx, after: string, limit: number): Promise<string | undefined> {
  const [page] = await tx<{ last: string | null }[]>`
    select max(id::text) as last from (select id from notifications where id > ${after} order by id limit ${limit}) as page
  `;
  return page?.last ?? undefined;
}

/** The notifications of that page that name this person by id, locked. */
export async function lockNoticesAbout(tx: Tx, personId: string, after: string, last: string): Promise<NoticeAbout[]> {
  return await tx<NoticeAbout[]>`
    select id, title, data from notifications
    where id > ${after} and id <= ${last} and data::text like ${`%${personId}%`} for update
  `;
}

/** Says it otherwise. */
export async function rewriteNotice(tx: Tx, { id, title, data }: NoticeAbout): Promise<void> {
  await tx`update notifications set title = ${title}, data = ${JSON.stringify(data)}::text::json where id = ${id}`;
}
