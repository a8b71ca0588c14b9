import { v7 as uuid } from 'uuid';
import { world } from '../world.ts';
import type { Member } from './cast.ts';

const attendance = async () => (await world()).sql('attendance');

/** A row of a swap of shifts that nobody works: who may touch it is decided before they are looked for. */
async function swapRow(requesterId: string, colleagueId: string, status: 'OFFERED' | 'ACCEPTED'): Promise<string> {
  const [id, shift] = [uuid(), uuid()];
  await (await attendance())`
    insert into shift_swaps (id, requester_id, colleague_id, offered_date, offered_shift_id, offered_name,
      offered_starts_at, offered_ends_at, status, expires_at, asked_at)
    values (${id}, ${requesterId}, ${colleagueId}, '2031-01-01', ${shift}, 'Row', '2031-01-01T08:00Z', '2031-01-01T16:00Z',
      ${status}, '2031-01-01T08:00Z', now())`;
  return id;
}

/** That the owner asked for. */
export const newSwapOf = ({ id }: Member): Promise<string> => swapRow(id, uuid(), 'OFFERED');
/** That the owner was offered. */
export const newSwapFor = ({ id }: Member): Promise<string> => swapRow(uuid(), id, 'OFFERED');

/** Of the owner and somebody who works below them, or above. Whoever is asked about their own decides about people below: four eyes. */
export async function newSwapToDecide({ id }: Member, isOwn: boolean): Promise<string> {
  const sql = await attendance();
  const near = async (person: string): Promise<string> => {
    const [row] = await sql<{ id: string }[]>`
      select coalesce((select id from people where manager_id = ${person} limit 1),
        (select manager_id from people where id = ${person})) as id`;
    return row?.id ?? uuid();
  };
  const one = isOwn ? await near(id) : id;
  return swapRow(one, await near(one), 'ACCEPTED');
}

async function openShiftRow(id: string, siteOf: string): Promise<string> {
  await (await attendance())`
    insert into open_shifts (id, site_id, date, shift_id, name, zone, starts_at, ends_at, give_back_until, places, taken,
      needs_approval, status, posted_by, posted_at)
    select ${id}, site_id, '2031-01-01', ${uuid()}, 'Row', 'UTC', '2031-01-01T08:00Z', '2031-01-01T16:00Z',
      '2031-01-01T08:00Z', 1000, 1, true, 'OPEN', id, now() from people where id = ${siteOf}`;
  return id;
}

/** At the site where everybody works. */
export const newOpenShift = ({ id }: Member): Promise<string> => openShiftRow(uuid(), id);

/** One in which the owner has a place. */
export async function newPlace(owner: Member): Promise<string> {
  const id = await newOpenShift(owner);
  await (await attendance())`
    insert into open_shift_picks (id, open_shift_id, employee_id, status, picked_at)
    values (${uuid()}, ${id}, ${owner.id}, 'TAKEN', now())`;
  return id;
}

/** One for which somebody waits whose id is its own, since a path is filled with one id. */
export async function newWaitingPick({ id: siteOf }: Member): Promise<string> {
  const id = await openShiftRow(uuid(), siteOf);
  await (await attendance())`
    insert into open_shift_picks (id, open_shift_id, employee_id, status, picked_at)
    values (${uuid()}, ${id}, ${id}, 'WAITING', now())`;
  return id;
}
