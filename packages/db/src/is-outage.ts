const socketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
]);
const poolCodes = new Set(['CONNECT_TIMEOUT', 'CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED']);
// Classes 08 (connection) and 53 (resources); 57P0x: shut down, crashed, starting up, dropped; 55P03: somebody else held a
// lock for too long, which says nothing against the one who waited.
const serverStates = /^(08|53|57P0|55P03)/;

/**
 * True when the database could not be reached or could not serve anybody: the request may be tried again as it is.
 * False for what the statement itself did wrong, and for a statement that ran into its time limit.
 */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isOutage);
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  if (typeof code !== 'string') return isOutage(error.cause);
  // ENOENT only of a unix socket that is gone, never of a file.
  if (code === 'ENOENT') return syscall === 'connect';
  return socketCodes.has(code) || poolCodes.has(code) || serverStates.test(code) || isOutage(error.cause);
}
