import type { SyncBody } from '@muster/contracts/http/attendance-sync';
import { v7 as uuid } from 'uuid';
import type { Bench } from '../bench.ts';
import { mintActor } from '../people/mint-people.ts';
import { employeeIdOf, siteIdOf } from './generate-month.ts';
import { measure, type Reading } from './measure-reads.ts';

const perCall = 1000;

/**
 * A kiosk that was offline sends what it kept: 500 people of its site each came and went yesterday, a thousand punches a call. A twentieth
 * more calls go before, uncounted, as with everything that is asked.
 */
export async function measureSyncs({ platform, key }: Bench, calls: number, perSite: number): Promise<Reading> {
  const siteId = siteIdOf(1);
  const { token } = await mintActor(key, { role: 'kiosk', siteId });
  const groups = Math.max(1, Math.floor((2 * perSite) / perCall));
  const sentAt = Temporal.Now.instant().round('millisecond');
  const warmUps = Math.ceil(calls / 20);
  const bodies = Array.from({ length: warmUps + calls }, (_, call): SyncBody => {
    // Another day for each call of the same people.
    const [group, back] = [call % groups, 1 + Math.floor(call / groups)];
    return {
      sentAt: sentAt.toString({ fractionalSecondDigits: 3 }),
      punches: Array.from({ length: perCall }, (_, at) => {
        const isIn = at % 2 === 0;
        const occurredAt = sentAt.subtract({ hours: 24 * back + (isIn ? 8 : 0), seconds: at });
        const employeeId = employeeIdOf(perSite + group * (perCall / 2) + Math.floor(at / 2));
        return {
          clientId: uuid(),
          type: isIn ? 'IN' : 'OUT',
          occurredAt: occurredAt.toString({ fractionalSecondDigits: 3 }),
          employeeId,
        };
      }),
    };
  });
  const path = '/api/attendance/punches/sync';
  const shots = bodies.map((body) => ({ token, path, body: JSON.stringify(body) }));
  const origin = platform.urls.services.attendance ?? '';
  await measure(origin, 'POST', shots.slice(0, warmUps));
  return measure(origin, 'POST', shots.slice(warmUps));
}
