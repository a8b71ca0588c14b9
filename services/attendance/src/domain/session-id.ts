// A session's id is a UUIDv7 whose time is its check-in's, so one index serves as key and as the order of lists.

const lastMs = 0xffff_ffff_ffff;

/** The lowest id a session that began at or after this instant (Unix milliseconds; `Infinity` for beyond all) can have. */
export function lowestSessionId(fromMs: number): string {
  const hex = Math.min(Math.max(0, fromMs), lastMs).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** Ids of sessions on the local days `from`…`to` of any zone lie in this half-open range: a day of slack on both sides. */
export function sessionIdRange(from: string | undefined, to: string | undefined): { lowest: string; beyond: string } {
  return {
    lowest: lowestSessionId(from === undefined ? 0 : midnightMs(from, -1)),
    beyond: to === undefined ? 'ffffffff-ffff-ffff-ffff-ffffffffffff' : lowestSessionId(midnightMs(to, 2)),
  };
}

function midnightMs(date: string, plusDays: number): number {
  return Temporal.PlainDate.from(date).add({ days: plusDays }).toZonedDateTime('UTC').epochMilliseconds;
}
