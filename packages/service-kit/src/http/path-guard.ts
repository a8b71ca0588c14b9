import { AppError } from '@muster/contracts';

/**
 * Refuses a URL whose escapes do not decode or that smuggles a NUL: PostgreSQL cannot hold one, and every layer below
 * decodes differently. Costs one `includes` for an ordinary URL.
 */
export function checkUrl(url: string): void {
  if (!url.includes('%')) return;
  try {
    if (!decodeURIComponent(url).includes('\u0000')) return;
  } catch {
    // Falls through: malformed escapes are answered like a NUL.
  }
  throw new AppError('invalid_path', 'The path or query holds characters that cannot be decoded.');
}
