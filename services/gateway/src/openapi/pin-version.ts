import { versionPrefix } from '../edge/api-version.ts';
import type { Document } from './document.ts';

const root = '/api';

/** The merged document for clients that pin the version: the routes under `/api` with `/api/v1` as their server. */
export function pinVersion(merged: Document): Document {
  const paths = Object.entries(merged.paths).filter(([path]) => path.startsWith(`${root}/`));
  return {
    ...merged,
    servers: [{ url: versionPrefix, description: 'Version 1, for clients that stay with it' }],
    paths: Object.fromEntries(paths.map(([path, item]) => [path.slice(root.length), item])),
  };
}
