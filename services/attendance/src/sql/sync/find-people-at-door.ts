import type { Db } from '@muster/db';
import type { DoorShift } from '../../domain/door/door-shift.ts';
import { defaultSiteSettings, type PlaceRules } from '../../domain/sync/place-rules.ts';

/** A person as the door needs them. */
export interface PersonAtDoor {
  id: string;
  status: 'active' | 'deleted';
  siteId: string;
  /** Null while the site's own event has not arrived. */
  zone: string | null;
  /** Null where the site asks nothing of a place. */
  place: PlaceRules | null;
  /** The shifts of the plans that count around the instants that were asked for, in order. */
  shifts: readonly DoorShift[];
}

/** Instants that lie close together, Unix milliseconds, both included. */
export interface Around {
  fromMs: number;
  toMs: number;
}

type Settings = Partial<Omit<PlaceRules, 'fence' | 'addresses'>>;

interface Row extends Omit<PersonAtDoor, 'place' | 'shifts'> {
  fence: PlaceRules['fence'];
  addresses: string[] | null;
  settings: Settings | null;
  /** JSON of the stored plans. */
  doors?: string | null;
}

/**
 * The projected people among `ids`, by id, with what their site asks of a place, and their shifts where `around` is given: all by keys and
 * in one round, since people wait for it. Plans are kept for a few days only, so their dates are not asked for.
 */
export async function findPeopleAtDoor(
  sql: Db,
  ids: readonly string[],
  around?: Around,
): Promise<Map<string, PersonAtDoor>> {
  const rows = await sql<Row[]>`
    select p.id, p.status, p.site_id as "siteId", s.zone, s.geofence as fence, nullif(s.ip_allow_list, '{}') as addresses,
      case when s.geofence is not null or s.ip_allow_list <> '{}' then (
        select json_build_object('geofence', geofence, 'missingPlace', missing_place, 'ipAllowList', ip_allow_list)
        from site_settings where site_id = s.id
      ) end as settings
      ${around ? doorsOf(sql, around) : sql``}
    from unnest(${ids as string[]}::uuid[]) as i (id)
    join people p on p.id = i.id
    left join sites s on s.id = p.site_id`;
  const read = rememberDoors();
  return new Map(
    rows.map(({ fence, addresses, settings, doors, ...person }) => {
      const place =
        fence === null && addresses === null
          ? null
          : { ...defaultSiteSettings, ...settings, fence, addresses: addresses ?? [] };
      return [person.id, { ...person, place, shifts: read(doors ?? null) }];
    }),
  );
}

const doorsOf = (sql: Db, { fromMs, toMs }: Around) => sql`, (
  select '[' || string_agg(door, ',' order by date) || ']' from live_plans
  where employee_id = p.id and from_at <= ${new Date(toMs)} and until_at >= ${new Date(fromMs)}
) as doors`;

/** Thousands work the same shift: its text is read once. */
function rememberDoors(): (text: string | null) => DoorShift[] {
  const known = new Map<string | null, DoorShift[]>([[null, []]]);
  return (text) => {
    const shifts = known.get(text) ?? (JSON.parse(text ?? '[]') as DoorShift[][]).flat();
    known.set(text, shifts);
    return shifts;
  };
}
