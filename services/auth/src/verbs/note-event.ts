import { claimInbox } from '@muster/db';
import type { Deps } from '../deps.ts';

/** Records an event that changes nothing here: unrecorded, its producer would send it again and again. */
export const noteEvent = (deps: Pick<Deps, 'sql'>, id: string): Promise<unknown> => claimInbox(deps.sql, 'auth', [id]);
