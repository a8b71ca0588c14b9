import { AppError } from '@muster/contracts';

/** Where a page ended: entries are listed by time, and by seq among those of one instant. */
export interface AuditCursor {
  occurredAt: string;
  seq: number;
}

/** Opaque text for a client to send back. */
export function writeCursor({ occurredAt, seq }: AuditCursor): string {
  return Buffer.from(`${Temporal.Instant.from(occurredAt).epochMilliseconds}_${seq}`).toString('base64url');
}

/** Reads what {@link writeCursor} wrote; anything else is `invalid_input` of the field `cursor`. */
export function readCursor(text: string): AuditCursor {
  const [, ms, seq] = /^(-?\d{1,15})_(\d{1,15})$/.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  if (ms === undefined || seq === undefined || Math.abs(Number(ms)) > 100_000_000_000_000) {
    throw new AppError('invalid_input', 'The cursor is not one of ours.', {
      errors: [{ field: 'cursor', message: 'must be the nextCursor of an earlier page', in: 'query' }],
    });
  }
  const occurredAt = Temporal.Instant.fromEpochMilliseconds(Number(ms)).toString({ fractionalSecondDigits: 3 });
  return { occurredAt, seq: Number(seq) };
}
