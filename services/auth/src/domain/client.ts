import type { EventActor, Role } from '@muster/contracts';

/** Where a request comes from, as far as it is known. */
export interface Client {
  ip?: string;
  userAgent?: string;
}

/** Somebody who is just proving who they are, as events name them. */
export const userAsActor = (user: { id: string; name: string; role: Role }, client: Client): EventActor => ({
  id: user.id,
  name: user.name,
  role: user.role,
  ...client,
});
