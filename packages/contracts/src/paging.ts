import { z } from 'zod';
import { wholeNumber } from './whole-number.ts';

/** Page-numbered lists: `page` from 1, `limit` at most 100. Query values arrive as text. */
export const pageQuery = z.strictObject({
  page: wholeNumber(1, 1_000_000).default(1),
  limit: wholeNumber(1, 100).default(10),
});

/** Cursor lists (punches, audit): flat in cost at any depth. The cursor is opaque to clients. */
export const cursorQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: wholeNumber(1, 100).default(10),
});

export const pageMeta = z.object({ page: z.int(), limit: z.int(), total: z.int(), totalPages: z.int() });
export type PageMeta = z.infer<typeof pageMeta>;

export const pageOf = <T extends z.ZodType>(item: T) => z.object({ data: z.array(item), meta: pageMeta });
export const cursorPageOf = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item), meta: z.object({ nextCursor: z.string().nullable() }) });

export interface Page<T> {
  data: T[];
  meta: PageMeta;
}
export interface CursorPage<T> {
  data: T[];
  meta: { nextCursor: string | null };
}

/** Puts one page of rows and the count of all of them into the answer's shape. */
export function toPage<T>(data: T[], total: number, query: { page: number; limit: number }): Page<T> {
  return { data, meta: { ...query, total, totalPages: Math.ceil(total / query.limit) } };
}
