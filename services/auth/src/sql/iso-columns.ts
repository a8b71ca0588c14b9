import type { Db } from '@muster/db';

/** A timestamptz column as RFC 3339 in UTC with milliseconds, under its camelCase name. */
export const isoColumn = (sql: Db, column: string, name: string) =>
  sql`to_char(${sql(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ${sql(name)}`;
