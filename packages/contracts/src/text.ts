import { z } from 'zod';

// PostgreSQL's text cannot hold U+0000, and a lone surrogate cannot be encoded as UTF-8: refuse both at the edge.
const storable = (value: string): boolean => !value.includes('\u0000') && value.isWellFormed();

/** Trimmed, non-empty text of at most `max` UTF-16 units that a database can hold. */
export const text = (max: number) =>
  z.string().trim().min(1).max(max).refine(storable, 'must not contain NUL or broken surrogates');

/** As {@link text}, but may be empty. */
export const optionalText = (max: number) =>
  z.string().trim().max(max).refine(storable, 'must not contain NUL or broken surrogates');

/** An e-mail address, trimmed and lower-cased: two spellings are one account. */
export const email = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** A telephone number as people write it. */
export const phone = z
  .string()
  .trim()
  .regex(/^\+?[0-9 ()./-]{3,32}$/, 'must be a telephone number');
