import { AppError } from '@muster/contracts';
import type { Sidecar } from '@muster/dapr';
import { z } from 'zod';
import type { Deps } from './deps.ts';

const site = z.object({ id: z.string() });

/** Sites are employee's: it is asked through the sidecars with the caller's own token, so it decides who may know of them. */
export const siteDirectory = (sidecar: Pick<Sidecar, 'invoke'>): Deps['sites'] => ({
  async exists(siteId, authorization) {
    try {
      const path = `/api/sites/${siteId}`;
      // The token says who asks; `/api` believes nothing else.
      const as = { headers: { authorization }, actor: null };
      await sidecar.invoke({ app: 'employee', method: 'GET', path, ...as, schema: site, timeoutMs: 5000 });
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return false;
      throw error;
    }
  },
});
