import type { HolidayPlaces, HolidayPlacesQuery } from '@muster/contracts/http/attendance-holidays';
import { type Actor, authorise } from '@muster/identity';
import { holidayPlacesIn } from '../../domain/leave/public-holidays.ts';

/** Places whose holidays a list can be filled with. Throws `invalid_input` for one that is not known. */
export function listHolidayPlaces(actor: Actor, query: HolidayPlacesQuery): HolidayPlaces {
  authorise(actor, 'holidays.read');
  return holidayPlacesIn(query);
}
