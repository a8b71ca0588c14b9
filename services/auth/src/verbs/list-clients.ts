import { type Page, toPage } from '@muster/contracts';
import type { MachineClient } from '@muster/contracts/http/auth';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { listClients as selectClients } from '../sql/clients.ts';
import { describeClient } from './shared/describe-machine.ts';

/** One page of machine clients, newest first. Administrators only. */
export async function listClients(
  deps: Deps,
  actor: Actor,
  query: { page: number; limit: number },
): Promise<Page<MachineClient>> {
  authorise(actor, 'clients.manage');
  const { clients, total } = await selectClients(deps.sql, query);
  return toPage(clients.map(describeClient), total, query);
}
