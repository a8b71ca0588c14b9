import { v7 as uuid } from 'uuid';
import { type Api, expectStatus } from '../api.ts';

const half = { punched: 'UNPAID', automatic: { minutes: 30, afterMinutes: 360 } };
/** The demo's shifts, one of them over midnight. */
const shifts = [
  { name: 'Early', start: '06:00', end: '14:00', lateGraceMinutes: 5, breaks: half },
  { name: 'Late', start: '14:00', end: '22:00', lateGraceMinutes: 5, breaks: half },
  { name: 'Night', start: '22:00', end: '06:00', lateGraceMinutes: 5, breaks: half },
] as const;

interface Page {
  data: { id: string; name: string }[];
}

/** Ids of the demo's three shift types in the order of the day; what is missing is created. */
export async function ensureShifts(api: Api, token: string): Promise<string[]> {
  const listed = await api.call<Page>('GET', '/api/shifts?limit=100', { token, patience: 5 });
  const { data } = expectStatus(listed, 200);
  const ids: string[] = [];
  for (const body of shifts) {
    const known = data.find(({ name }) => name === body.name);
    const create = () => {
      const headers = { 'idempotency-key': uuid() };
      return api.call<{ id: string }>('POST', '/api/shifts', { token, body, headers, patience: 5 });
    };
    ids.push(known?.id ?? expectStatus(await create(), 201).id);
  }
  return ids;
}
