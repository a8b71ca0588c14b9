const asNumber = (text: string): number | bigint => {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
};

const asTimestamp = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value));

/** How column types that JavaScript gets wrong by default travel; numbers are Postgres' type oids. */
export const columnTypes = {
  // Counts and sequence numbers: a string would sort and add up wrongly.
  bigint: { to: 20, from: [20], serialize: String, parse: asNumber },
  // A local day is not an instant: as a Date it would shift with the process's zone.
  date: { to: 1082, from: [1082], serialize: String, parse: (text: string) => text },
  timestamptz: { to: 1184, from: [1184], serialize: asTimestamp, parse: (text: string) => new Date(text) },
};
