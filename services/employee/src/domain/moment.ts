/** An instant as it is stored and shown: UTC, to the millisecond, so that what is answered and what is read back agree. */
export const moment = (instant: Temporal.Instant): string => instant.toString({ smallestUnit: 'millisecond' });
