import { AppError } from './errors.ts';

/** The strong entity tag of a version. */
export const etagOf = (version: number | string): string => `"${version}"`;

const bare = (tag: string): string =>
  tag
    .trim()
    .replace(/^W\//, '')
    .replace(/^"(.*)"$/, '$1');

/** True when a list of entity tags (`"3"`, `W/"3"`, `3`, `*`, comma-separated) names `version`. */
export function matchesTag(header: string, version: number | string): boolean {
  return header.split(',').some((tag) => bare(tag) === '*' || bare(tag) === String(version));
}

/**
 * Refuses a change that was based on another version than the stored one. Without `If-Match` the last writer wins.
 * @throws AppError version_mismatch
 */
export function matchVersion(header: string | undefined, version: number): void {
  if (header === undefined || matchesTag(header, version)) return;
  throw new AppError('version_mismatch', 'It was changed by somebody else meanwhile: read it again.');
}
