import type { JobTable, Sidecar } from '@muster/dapr';
import type { Deps } from '../deps.ts';
import { nextRotation } from '../verbs/list-keys.ts';
import { rotateKeysIfDue } from '../verbs/rotate-keys.ts';

const name = 'rotate-keys';
/** A job this late got lost: then the sweep does its work. */
const lostAfter = { minutes: 10 };

/**
 * Rotates the signing key by schedule. Dapr's scheduler holds one job, due when the newest key is old enough: `keep`
 * registers it anew whenever that moment has changed, and does the work of one that never came. Call it now and then.
 */
export function createKeySchedule(
  deps: Deps,
  sidecar: Pick<Sidecar, 'schedule'>,
): { jobs: JobTable; keep(): Promise<void> } {
  let registered: string | undefined;

  const register = async (): Promise<void> => {
    const dueAt = await nextRotation(deps);
    if (dueAt === undefined || registered === dueAt.toString()) return;
    await sidecar.schedule({ name, dueAt });
    registered = dueAt.toString();
    deps.log.info({ job: name, dueAt: registered }, 'job registered');
  };

  const keep = async (): Promise<void> => {
    const dueAt = await nextRotation(deps);
    const isLost = dueAt !== undefined && Temporal.Instant.compare(dueAt.add(lostAfter), deps.clock.now()) < 0;
    if (isLost && (await rotateKeysIfDue(deps)))
      deps.log.warn({ job: name }, 'a job that got lost was done by the sweep');
    await register();
  };

  return {
    jobs: {
      [name]: async () => {
        await rotateKeysIfDue(deps);
        await register();
      },
    },
    keep,
  };
}
