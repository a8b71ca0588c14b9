import type { Preference } from '@muster/contracts/http/events';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { notificationKinds } from '../domain/notices.ts';
import { listPreferences } from '../sql/preferences.ts';

/** Every kind of notification with the actor's choice per channel; all channels are on by default. */
export async function getPreferences(deps: Deps, actor: Actor): Promise<{ preferences: Preference[] }> {
  authorise(actor, 'notifications.own');
  const rows = await listPreferences(deps.sql, [actor.id], notificationKinds);
  const set = new Map(rows.map(({ kind, inApp, live }) => [kind, { inApp, live }]));
  return {
    preferences: notificationKinds.map((kind) => ({ kind, channels: set.get(kind) ?? { inApp: true, live: true } })),
  };
}
