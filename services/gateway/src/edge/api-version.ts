/** What stands between `/api` and the route of a client that pins the version. See docs/decisions/0026-api-versions.md. */
export const versionPrefix = '/api/v1';

export interface Versioned {
  /** The path as services know it. */
  path: string;
  /** Leads a client that pinned the version on within it; undefined for one that did not. */
  location: ((path: string) => string) | undefined;
}

const pinned = (path: string): string => (path.startsWith('/api/') ? versionPrefix + path.slice('/api'.length) : path);

/** `/api/v1/x` is `/api/x`: the first version goes by both names. */
export function versionOf(path: string): Versioned {
  if (!path.startsWith(`${versionPrefix}/`)) return { path, location: undefined };
  return { path: `/api${path.slice(versionPrefix.length)}`, location: pinned };
}
