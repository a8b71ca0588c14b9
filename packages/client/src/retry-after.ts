/** Milliseconds that `Retry-After` asks for, given in seconds or as an HTTP date; undefined where it says nothing. */
export function readRetryAfter(headers: Headers, nowMs = Date.now()): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
