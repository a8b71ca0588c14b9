import type { Db } from '@muster/db';
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
}

type Settings = Partial<Omit<PlaceRules, 'fence' | 'addresses'>>;

interface Row extends Omit<PersonAtDoor, 'place'> {
  fence: PlaceRules['fence'];
  addresses: string[] | null;
  settings: Settings | null;
}

/** The projected people among `ids`, by id, with what their site asks of a place: all by keys, since people wait for it. */
export async function findPeopleAtDoor(sql: Db, ids: readonly string[]): Promise<Map<string, PersonAtDoor>> {
  const rows = await sql<Row[]>`
    select p.id, p.status, p.site_id as "siteId", s.zone, s.geofence as fence, nullif(s.ip_allow_list, '{}') as addresses,
      case when s.geofence is not null or s.ip_allow_list <> '{}' then (
        select json_build_object('geofence', geofence, 'missingPlace', missing_place, 'ipAllowList', ip_allow_list)
        from site_settings where site_id = s.id
      ) end as settings
    from unnest(${ids as string[]}::uuid[]) as i (id)
    join people p on p.id = i.id
    left join sites s on s.id = p.site_id`;
  return new Map(
    rows.map(({ fence, addresses, settings, ...person }) => {
      const place =
        fence === null && addresses === null
          ? null
          : { ...defaultSiteSettings, ...settings, fence, addresses: addresses ?? [] };
      return [person.id, { ...person, place }];
    }),
  );
}
