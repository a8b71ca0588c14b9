/**
 * The one form of an instant in this service: UTC with milliseconds, what a JavaScript Date holds. With finer ones kept,
 * paging by time would skip rows. Takes any RFC 3339 instant, of any number of fractional digits.
 */
export const toMilliseconds = (instant: string): string =>
  Temporal.Instant.from(instant.replace(/(\.\d{3})\d+/, '$1')).toString({ fractionalSecondDigits: 3 });
