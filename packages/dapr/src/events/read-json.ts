import { AppError } from '@muster/contracts';
import { toFieldErrors } from '@muster/service-kit';
import type { Context } from 'hono';
import type { z } from 'zod';

/** The parsed body of an inner route. These are not part of the public document, so they go without its validators. */
export async function readJson<S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S>> {
  const body = await c.req.json().catch(() => {
    throw new AppError('invalid_json', 'The body is not valid JSON.');
  });
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new AppError('invalid_input', 'Some fields are not acceptable.', {
    errors: toFieldErrors(parsed.error, 'body'),
  });
}
