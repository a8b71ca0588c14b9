import type { JobTable, Sidecar } from '@muster/dapr';
import type { Deps } from '../deps.ts';
import { autoCheckOut } from '../verbs/corrections/auto-check-out.ts';
import { nextAutoCheckOut } from '../verbs/corrections/next-auto-check-out.ts';

const name = 'auto-check-out';
/** A job this late got lost: then the sweep does its work. */
const lostAfter = { minutes: 2 };

/**
 * Ends stays nobody ended. Dapr's scheduler holds one job, due when the next of them is: `keep` registers it anew whenever that moment has
 * changed, and does the work of one that never came. Call it now and then.
 */
export function createAutoCheckOuts(
  deps: Deps,
  sidecar: Pick<Sidecar, 'schedule'>,
): { jobs: JobTable; keep(): Promise<void> } {
  let registered: string | undefined;

  const register = async (): Promise<void> => {
    // The scheduler knows whole seconds: one that came within the second before would find nothing due.
    const dueAt = (await nextAutoCheckOut(deps))?.round({ smallestUnit: 'second', roundingMode: 'ceil' });
    if (dueAt === undefined || registered === dueAt.toString()) return;
    await sidecar.schedule({ name, dueAt });
    registered = dueAt.toString();
    deps.log.info({ job: name, dueAt: registered }, 'job registered');
  };

  const keep = async (): Promise<void> => {
    const dueAt = await nextAutoCheckOut(deps);
    const isLost = dueAt !== undefined && Temporal.Instant.compare(dueAt.add(lostAfter), deps.clock.now()) < 0;
    if (isLost) {
      const people = await autoCheckOut(deps);
      if (people > 0) deps.log.warn({ job: name, people }, 'a job that got lost was done by the sweep');
    }
    await register();
  };

  return {
    jobs: {
      [name]: async () => {
        // It is used up, whatever it finds.
        registered = undefined;
        await autoCheckOut(deps);
        await register();
      },
    },
    keep,
  };
}
