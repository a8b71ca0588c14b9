const name = 'nodejs_eventloop_lag_p99_seconds';

/** Reads one gauge out of a page of Prometheus text. NaN when it is not there. */
export function readGauge(page: string, gauge: string): number {
  const line = page.split('\n').find((text) => text.startsWith(`${gauge} `) || text.startsWith(`${gauge}{`));
  return Number(line?.split(' ').at(-1) ?? Number.NaN);
}

/**
 * p99 of a service's event-loop delay in milliseconds since the last time somebody asked: call it once before the load. The
 * process samples every 10 ms and counts that interval in, so an idle loop shows 10 to 11.
 */
export async function eventLoopP99Ms(origin: string): Promise<number> {
  const page = await (await fetch(`${origin}/metrics`)).text();
  return readGauge(page, name) * 1000;
}
