import { PUBSUB } from '@muster/contracts';
import type { Log } from '@muster/service-kit';
import { z } from 'zod';
import { redisAnswers } from './redis-answers.ts';
import type { Transport } from './transport.ts';

export interface GuardOptions {
  /** `host:port` of Redis; without it the guard does nothing. */
  probe?: string | undefined;
  /** How often to look (default 5 s). */
  everyMs?: number;
  /** Components on Redis that the sidecar must have. Default: pub/sub. */
  needs?: readonly string[];
}

const metadata = z.object({ components: z.array(z.object({ name: z.string() })).nullish() });

async function lacks(transport: Transport, needs: readonly string[]): Promise<boolean> {
  const answer = await transport.request({ method: 'GET', path: '/v1.0/metadata', timeoutMs: 3000 });
  const text = await answer.text();
  if (answer.status !== 200) return false;
  const there = new Set(metadata.parse(JSON.parse(text)).components?.map(({ name }) => name));
  return needs.some((name) => !there.has(name));
}

/**
 * A daprd that starts while Redis is down comes up without pub/sub and never gains it. This looks now and then, and once
 * Redis answers asks such a sidecar to shut down: whoever supervises it starts it again, whole.
 */
export function guard(transport: Transport, log: Log, o: GuardOptions = {}): { stop(): void } {
  const { probe, everyMs = 5000, needs = [PUBSUB] } = o;
  if (!probe) return { stop: () => undefined };
  let looking = false;
  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    try {
      if (!(await lacks(transport, needs)) || !(await redisAnswers(probe))) return;
      log.warn({ probe, needs }, 'the sidecar lacks a component though Redis answers: asking it to restart');
      await (await transport.request({ method: 'POST', path: '/v1.0/shutdown', timeoutMs: 3000 })).text();
    } catch (err) {
      log.debug({ err }, 'the sidecar cannot be asked just now');
    } finally {
      looking = false;
    }
  };
  const timer = setInterval(look, everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
