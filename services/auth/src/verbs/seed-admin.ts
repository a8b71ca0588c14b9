import { systemActor } from '@muster/contracts';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { v7 } from 'uuid';
import type { Deps } from '../deps.ts';
import { usernameOf } from '../domain/username.ts';
import { anyAdmin, lockAdmins } from '../sql/admins.ts';
import { insertUser } from '../sql/insert-user.ts';

/** Makes the first administrator of a platform that has none. True when it did; processes that start at once make one. */
export async function seedAdmin(deps: Deps, o: { email: string; password: string }): Promise<boolean> {
  if (await anyAdmin(deps.sql)) return false;
  const passwordHash = await deps.hasher.hash(o.password);
  const now = deps.clock.now();
  const name = 'Administrator';
  const seeded = await withTransaction(deps.sql, async (tx) => {
    await lockAdmins(tx);
    if (await anyAdmin(tx)) return false;
    const user = await insertUser(tx, {
      id: v7(),
      email: o.email,
      username: usernameOf(o.email),
      name,
      role: 'admin',
      workId: null,
      workLocation: null,
      passwordHash,
      now,
    });
    if (user === undefined) {
      deps.log.warn({}, 'no administrator made: MUSTER_ADMIN_EMAIL belongs to another account');
      return false;
    }
    await insertOutbox(tx, [
      newEvent('auth.user-registered.v1', {
        version: user.version,
        occurredAt: now.toString(),
        actor: systemActor,
        userId: user.id,
        after: { email: user.email, name, role: user.role },
      }),
    ]);
    return true;
  });
  if (seeded) deps.relay.wake();
  return seeded;
}
