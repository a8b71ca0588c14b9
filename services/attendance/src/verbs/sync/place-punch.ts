import { AppError } from '@muster/contracts';
import type { PunchFlag } from '@muster/contracts/http/attendance';
import { isInRanges } from '../../address-list.ts';
import { type Place, placePerson } from '../../domain/place-person.ts';
import type { Punch } from '../../domain/punch.ts';
import { judgePlace } from '../../domain/sync/place-rules.ts';
import type { PersonAtDoor } from '../../sql/sync/find-people-at-door.ts';

const words = {
  outside_geofence: 'This site takes punches only from where it is.',
  ip_not_allowed: 'This site takes punches only from its own network.',
} as const;

/**
 * Where a punch of now counts, and what is worth a look about its place. Throws `forbidden` for a deleted person, and where the site
 * refuses it `outside_geofence`, `ip_not_allowed`.
 */
export function placePunch(
  { body, actor, source }: Punch,
  person: PersonAtDoor | undefined,
  fallback: Place,
): Place & { flags: PunchFlag[] } {
  const { siteId, zone } = placePerson(person, fallback);
  const rules = person?.place;
  if (!rules) return { siteId, zone, flags: [] };
  const { latitude, longitude, accuracyM } = body;
  const listed = rules.ipAllowList !== 'off' && rules.addresses.length > 0;
  const fromSite = listed ? actor.ip !== undefined && isInRanges(rules.addresses, actor.ip) : undefined;
  const { flags, refused } = judgePlace(rules, {
    latitude,
    longitude,
    accuracyM,
    fromSite,
    atKiosk: source === 'kiosk',
  });
  if (refused) throw new AppError(refused, words[refused]);
  return { siteId, zone, flags };
}
