import { etagOf } from '@muster/contracts';
import type { Context } from 'hono';
import type { Deps } from '../deps.ts';
import { readPhoto } from '../verbs/read-photo.ts';
import type { HttpEnv } from './env.ts';

/** A photo's bytes, or 304. Private and revalidated each time: a photo that was taken away is not shown from a cache. */
export async function answerPhoto(
  deps: Deps,
  c: Context<HttpEnv>,
  wanted: { personId: string; size: '1024' | '128'; ifNoneMatch: string | undefined },
): Promise<Response> {
  const { personId, size, ifNoneMatch } = wanted;
  const side = size === '128' ? 128 : 1024;
  const { tag, bytes } = await readPhoto(deps, c.get('actor'), { personId, side, ifNoneMatch });
  const headers = { ETag: etagOf(tag), 'Cache-Control': 'private, no-cache', 'X-Content-Type-Options': 'nosniff' };
  if (bytes === undefined) return c.body(null, 304, headers);
  return c.body(new Uint8Array(bytes), 200, { ...headers, 'Content-Type': 'image/jpeg' });
}
