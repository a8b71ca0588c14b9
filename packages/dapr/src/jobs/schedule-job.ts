import { AppError } from '@muster/contracts';
import { away } from '../sidecar/away.ts';
import type { Transport } from '../sidecar/transport.ts';

export interface Job {
  /** The sidecar calls `POST /job/<name>`; see `mountJobs`. One app has one job of a name. */
  name: string;
  /** When, once. What is past already comes at once. */
  dueAt: Temporal.Instant;
}

/** A failed call comes again after this pause, as often… */
const retryInterval = '30s';
/** …as this; what fails longer is for a sweep to find. */
const maxRetries = 20;

/**
 * Registers a job with Dapr's scheduler, in place of one of the same name. It is delivered at least once, to one of the
 * app's processes, and may get lost: keep a sweep. Throws AppError `unavailable` or `timeout`.
 */
export async function scheduleJob(transport: Transport, { name, dueAt }: Job): Promise<void> {
  const request = {
    method: 'POST',
    path: `/v1.0/jobs/${name}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      // Whole seconds, upwards: who comes before its time finds nothing due, and is not called again.
      dueTime: dueAt.round({ smallestUnit: 'second', roundingMode: 'ceil' }).toString(),
      overwrite: true,
      failurePolicy: { constant: { interval: retryInterval, maxRetries } },
      data: {},
    }),
    timeoutMs: 10_000,
  } as const;
  const ask = async () => {
    const answer = await transport.request(request);
    return { status: answer.status, text: await answer.text() };
  };
  const { status, text } = await ask().catch((error) => {
    throw away(error, 'The scheduler');
  });
  if (status < 300) return;
  const cause = new Error(`scheduling ${name} answered ${status}: ${text.slice(0, 300)}`);
  throw new AppError('unavailable', 'The scheduler did not take the job.', { cause });
}
