import type { Log } from '@muster/service-kit';
import type { Verifier } from './create-verifier.ts';
import type { RevocationList } from './revocations.ts';

export interface RevocationPollOptions {
  verifier: Pick<Verifier, 'revoke' | 'reloadKeys'>;
  fetch: () => Promise<RevocationList>;
  /** Default 15 s: well inside the minute within which a logout must reach every process. */
  everyMs?: number;
  log: Log;
}

/** Fetches revocations and keys at once and then regularly. While auth is away the last list stands and tokens live until `exp`. */
export function startRevocationPoll(o: RevocationPollOptions): { stop(): Promise<void> } {
  const everyMs = o.everyMs ?? 15_000;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let fresh = false;
  let known = false;
  const report = (error: unknown): void => {
    const reason = error instanceof Error ? error.message : String(error);
    // Services start together: until auth has answered once, waiting for it is no fault.
    if (known) o.log.warn({ reason }, 'revocations cannot be fetched: the last list stands');
    else o.log.info({ reason }, 'waiting for auth: nothing is known to be revoked yet');
  };
  const poll = async (): Promise<void> => {
    const keys = o.verifier.reloadKeys();
    try {
      o.verifier.revoke(await o.fetch());
      fresh = true;
      known = true;
    } catch (err) {
      report(err);
      fresh = false;
    }
    await keys;
    // After a failure look again soon: right after a start the sidecars may not know each other yet.
    if (!stopped) timer = setTimeout(run, fresh ? everyMs : Math.min(everyMs, 2000)).unref();
  };
  let running = Promise.resolve();
  const run = (): void => {
    running = poll();
  };
  run();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
