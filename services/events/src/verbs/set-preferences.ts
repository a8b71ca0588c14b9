import { AppError, type FieldError } from '@muster/contracts';
import type { Preference } from '@muster/contracts/http/events';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { notificationKinds } from '../domain/notices.ts';
import { upsertPreferences } from '../sql/preferences.ts';
import { getPreferences } from './get-preferences.ts';

/** Sets the listed kinds and leaves the others; answers all of them. An unknown or repeated kind is `invalid_input`. */
export async function setPreferences(
  deps: Deps,
  actor: Actor,
  { preferences }: { preferences: readonly Preference[] },
): Promise<{ preferences: Preference[] }> {
  authorise(actor, 'notifications.own');
  const kinds = preferences.map(({ kind }) => kind);
  const errors = kinds.flatMap((kind, index): FieldError[] => {
    const field = `preferences.${index}.kind`;
    if (!notificationKinds.includes(kind)) return [{ field, message: 'is no kind of notification', in: 'body' }];
    return kinds.indexOf(kind) < index ? [{ field, message: 'appears twice', in: 'body' }] : [];
  });
  if (errors.length > 0) throw new AppError('invalid_input', 'Some preferences cannot be set.', { errors });
  await upsertPreferences(
    deps.sql,
    actor.id,
    preferences.map(({ kind, channels }) => ({ kind, ...channels })),
  );
  return getPreferences(deps, actor);
}
