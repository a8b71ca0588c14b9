import { z } from 'zod';
import { errorCodes } from './errors.ts';

/** RFC 9457 body of every error answer (`application/problem+json`). */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(errorCodes),
  requestId: z.string(),
  errors: z
    .array(z.object({ field: z.string(), message: z.string(), in: z.enum(['body', 'query', 'path', 'header']) }))
    .optional(),
});

export type Problem = z.infer<typeof problemSchema>;
