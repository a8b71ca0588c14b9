/** How a table holds data about people. SQL in it comes from the code, never from outside. */
export interface PersonalTable {
  /** Which rows are of the person `$1` (a uuid). */
  whose: string;
  /** Orders the rows and tells them apart: column → its SQL type. Pages go on behind it, so an index should begin with it. */
  key: Record<string, string>;
  /** Columns that go into the person's archive. */
  told: readonly string[];
  /** Columns that never leave the database: secrets, and what is derived. */
  withheld?: readonly string[];
  /** Changes a row before it is told: leaves out what it says of others. */
  tell?: (row: Record<string, unknown>, personId: string) => Record<string, unknown>;
  /** What an erasure does to the rows: takes them out, blanks columns (to SQL expressions), or keeps them, by id only. */
  erasure: 'delete' | 'keep' | { set: Record<string, string> };
}

/** A table that says nothing about a person, or is looked after elsewhere: why. */
export interface OtherTable {
  not: string;
}

/** Every table of a database. A test holds it against the database, so that a new column cannot be forgotten. */
export type PersonalTables = Readonly<Record<string, PersonalTable | OtherTable>>;

export const isPersonal = (table: PersonalTable | OtherTable): table is PersonalTable => 'whose' in table;

/** The tables of this package: they hold events and answers for days only, and `scrubTransport` erases in them. */
export const kitTables: PersonalTables = {
  outbox: { not: 'events on their way; scrubTransport' },
  inbox: { not: 'ids of events' },
  dead_letters: { not: 'events that failed; scrubTransport' },
  idempotency_keys: { not: 'answers of a day; scrubTransport' },
  schema_migrations: { not: 'names of migrations' },
};
