import { AppError, type FieldError } from '@muster/contracts';
import type { z } from 'zod';

const parts: Record<string, FieldError['in']> = { json: 'body', form: 'body', query: 'query', param: 'path' };
const maxErrors = 100;

/** One entry per field: a field with several complaints has them in one message. Keys are cut: they come from the client. */
export function toFieldErrors(error: z.core.$ZodError, part: FieldError['in']): FieldError[] {
  const messages = new Map<string, string[]>();
  for (const issue of error.issues) {
    const path = issue.path.map(String);
    const found: [string, string][] =
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => [[...path, key].join('.'), 'is not a known field'])
        : [[path.join('.'), issue.message]];
    for (const [field, message] of found) {
      const name = field.slice(0, 200).toWellFormed();
      if (messages.size < maxErrors || messages.has(name)) messages.set(name, [...(messages.get(name) ?? []), message]);
    }
  }
  return [...messages].map(([field, said]) => ({ field, message: [...new Set(said)].join('; '), in: part }));
}

/** The 400 that names every field at fault. */
export const unacceptable = (errors: FieldError[]): AppError =>
  new AppError('invalid_input', 'Some fields are not acceptable.', { errors });

/** Hook of every `openapi()` route: a failed validation is a 400 `invalid_input` with one entry per field. */
export function validationHook(result: { success: boolean; target: string; error?: z.core.$ZodError }): void {
  if (result.success || !result.error) return;
  throw unacceptable(toFieldErrors(result.error, parts[result.target] ?? 'header'));
}
