import { z } from 'zod';
import { id, instant } from '../ids.ts';

/** POST /internal/employment: what a service asks that projected people before their events told it. */
export const employmentBody = z.strictObject({ ids: z.array(id.toLowerCase()).min(1).max(500) });
export type EmploymentBody = z.output<typeof employmentBody>;

/** Of the people who are known. `hiredOn`: a local date; `deletedAt`: null while they are there. */
export const employmentAnswer = z.object({
  data: z.array(
    z.object({ id, hiredOn: z.iso.date().nullable(), deletedAt: instant.nullable(), workId: z.string().nullable() }),
  ),
});
export type EmploymentAnswer = z.infer<typeof employmentAnswer>;
