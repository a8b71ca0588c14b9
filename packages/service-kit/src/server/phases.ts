import type { Log } from '../logger.ts';

/** One step of a shutdown. `limitMs` (default 10 s) is how long the next step waits for it. */
export interface Phase {
  name: string;
  run: () => Promise<unknown> | unknown;
  limitMs?: number;
}

/** Runs the phases in order; one that fails or takes too long is logged and never keeps the others from running. */
export async function runPhases(phases: readonly Phase[], log: Log): Promise<void> {
  for (const phase of phases) {
    const limitMs = phase.limitMs ?? 10_000;
    const { promise: late, resolve } = Promise.withResolvers<'late'>();
    const timer = setTimeout(resolve, limitMs, 'late');
    try {
      const outcome = await Promise.race([Promise.resolve().then(phase.run), late]);
      if (outcome === 'late') log.warn({ phase: phase.name, limitMs }, 'shutdown phase took too long');
    } catch (err) {
      log.error({ phase: phase.name, err }, 'shutdown phase failed');
    } finally {
      clearTimeout(timer);
    }
  }
}
