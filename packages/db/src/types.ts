import type postgres from 'postgres';

/** A pool of connections; also a tag for SQL text: ``sql`select ${value}` ``. */
export type Sql = postgres.Sql;
/** An open transaction: the same tag, on one connection. */
export type Tx = postgres.TransactionSql;
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
