import type postgres from 'postgres';

/** Values that may be passed as parameters beyond what the driver knows by itself. */
interface Passable extends Record<string, unknown> {
  bigint: bigint;
  date: Temporal.PlainDate;
  timestamptz: Temporal.Instant;
}

/** A pool of connections; also a tag for SQL text: ``sql`select ${value}` ``. */
export type Sql = postgres.Sql<Passable>;
/** An open transaction: the same tag, on one connection. */
export type Tx = postgres.TransactionSql<Passable>;
/** Where a query may run when it does not care: the pool or an open transaction. */
export type Db = Sql | Tx;

/** The part of a pino logger that this package uses. */
export interface Log {
  debug(fields: object, message?: string): void;
  info(fields: object, message?: string): void;
  warn(fields: object, message?: string): void;
  error(fields: object, message?: string): void;
}

/** A background job that can be told to end; resolves when its last piece of work is done. */
export interface Stoppable {
  stop(): Promise<void>;
}
