/**
 * Delivers an event as a bad day would: `times` times, the first two at once. Resolves when all are handled, to what each
 * call returned; a handler that may not meet itself fails here.
 */
export async function redeliver<E, R>(handler: (event: E) => Promise<R>, event: E, times = 3): Promise<R[]> {
  const results = await Promise.all(Array.from({ length: Math.min(2, times) }, () => handler(structuredClone(event))));
  for (let turn = 2; turn < times; turn++) results.push(await handler(structuredClone(event)));
  return results;
}
