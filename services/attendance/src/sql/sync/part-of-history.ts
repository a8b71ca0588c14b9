/** A part of a person's history between two instants (Unix milliseconds), of which the second may be `Infinity`. */
export interface Part {
  employeeId: string;
  fromMs: number;
  untilMs: number;
}

/** Unix milliseconds as PostgreSQL reads them. */
export const instantText = (ms: number): string =>
  ms === Number.POSITIVE_INFINITY ? 'infinity' : new Date(ms).toISOString();
