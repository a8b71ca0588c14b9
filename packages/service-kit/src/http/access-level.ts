import { errorStatus } from '@muster/contracts';

const slowMs = 1000;
/** Rate limits, overload and outages: refused on purpose, no fault of ours. */
const refusals = new Set<number>([errorStatus.rate_limited, errorStatus.overloaded, errorStatus.unavailable]);

/** How loudly the access log tells of an answer: faults at error, refusals and what took over 1 s at warn, the rest at debug. */
export function accessLevel(status: number, ms: number): 'error' | 'warn' | 'debug' {
  if (refusals.has(status)) return 'warn';
  if (status >= 500) return 'error';
  return ms >= slowMs ? 'warn' : 'debug';
}
