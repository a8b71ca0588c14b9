import { z } from 'zod';

const digits = /^[0-9]+$/;

/**
 * A whole number from `min` to `max`, also as text of plain digits, as query values arrive. Coercing would take `1e1`,
 * `0x10` and ` 10` for numbers, too.
 */
export const wholeNumber = (min: number, max: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && digits.test(value) ? Number(value) : value),
    z
      .number('must be a whole number in plain digits')
      .int()
      .min(min, `must be at least ${min}`)
      .max(max, `must be at most ${max}`),
  );
