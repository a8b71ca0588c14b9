import { noUserAgent } from '@muster/contracts';
import type { Context } from 'hono';

/** The client's `User-Agent`, at most 300 characters; undefined where there was none. */
export function userAgentOf(c: Context): string | undefined {
  const given = c.req.header('user-agent');
  return given === noUserAgent ? undefined : given?.slice(0, 300) || undefined;
}
