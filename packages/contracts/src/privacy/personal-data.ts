import { z } from 'zod';

/**
 * One page of what a service holds about a person: `GET /internal/personal-data/{id}?cursor`. Rows of one table follow one
 * another; `next` is null on the last page. No secret is ever in it: no hash, no token, no key.
 */
export const personalDataPage = z.object({
  rows: z.array(z.object({ table: z.string().regex(/^[a-z][a-z0-9_]*$/), row: z.record(z.string(), z.unknown()) })),
  next: z.string().nullable(),
});
export type PersonalDataPage = z.infer<typeof personalDataPage>;

/** `DELETE /internal/personal-data/{id}`: false when there is more to do and the caller is to ask again. */
export const personalDataErasure = z.object({ done: z.boolean() });
export type PersonalDataErasure = z.infer<typeof personalDataErasure>;

/** What stands for a person who was erased, where a database wants some name. */
export const erasedPersonName = 'Erased person';

/** An address nobody has: `.invalid` never resolves (RFC 2606), and the id keeps it unique. */
export const erasedEmail = (personId: string): string => `erased-${personId}@erased.invalid`;

/** The version that no event comes after: consumers keep the highest, so nothing late brings an erased person back. */
export const finalVersion = 2_147_483_647;
