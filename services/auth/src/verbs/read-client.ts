import { AppError } from '@muster/contracts';
import type { MachineClient } from '@muster/contracts/http/auth';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { findClient } from '../sql/clients.ts';
import { describeClient } from './shared/describe-machine.ts';

export const noSuchClient = (): AppError => new AppError('not_found', 'No such client.');

/** One machine client. Administrators only; throws `not_found`. */
export async function readClient(deps: Deps, actor: Actor, id: string): Promise<MachineClient> {
  authorise(actor, 'clients.manage');
  const client = await findClient(deps.sql, id);
  if (client === undefined) throw noSuchClient();
  return describeClient(client);
}
