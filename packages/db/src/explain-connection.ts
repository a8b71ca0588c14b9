import { isOutage } from './is-outage.ts';

/** Who may not come in, and a database that is not there. */
const refusals = /^(28|3D)/;

/**
 * The error of a first query in words that name the variable to change, when the database was not reached or let nobody in;
 * any other error as it is. The password stays out of it.
 */
export function explainConnection(error: unknown, url: string): unknown {
  const { code = '', message } = error as { code?: string; message?: string };
  if (!isOutage(error) && !refusals.test(code) && code !== 'ENOTFOUND') return error;
  const [, user = '', place = url] = /^[a-z]+:\/\/(?:([^:@/]*)[^@/]*@)?([^?]*)/.exec(url) ?? [];
  const why = message || code;
  return new Error(`DATABASE_URL: PostgreSQL at ${place}${user && ` as ${user}`}: ${why}`, { cause: error });
}
