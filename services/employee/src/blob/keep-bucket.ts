import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@muster/db';
import { type BucketOptions, ensureBucket } from './ensure-bucket.ts';

const longestPauseMs = 15_000;

/** Makes the bucket in the background, for as long as it takes: photos wait for the store, the rest of the service does not. */
export function keepBucket(o: BucketOptions & { log: Log }): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const loop = async (): Promise<void> => {
    for (let pauseMs = 500; !stopping.signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        await ensureBucket(o);
        o.log.debug({ bucket: o.bucket }, 'the photo bucket is there');
        return;
      } catch (error) {
        o.log.warn({ err: error, bucket: o.bucket }, 'the photo bucket cannot be made yet');
        await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
  };
  const running = loop();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
