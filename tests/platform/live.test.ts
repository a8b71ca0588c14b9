// The live board on the whole platform: what REST answered, and what sockets tell from then on, come to what REST answers later.
import { type BoardChange, type BoardFacts, boardStateAt, withChange } from '@muster/contracts';
import { boardFactsOf, type LiveBoard } from '@muster/contracts/http/attendance-live';
import { expectStatus } from '@muster/demo';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMember, type Member } from '../src/access/cast.ts';
import { eventually } from '../src/eventually.ts';
import { checkInPatiently } from '../src/people.ts';
import { world } from '../src/world.ts';

let manager: Member;
let worker: Member;
let socket: Socket;
beforeAll(async () => {
  manager = await createMember('manager');
  worker = await createMember('employee', manager.id);
  const { api, sql } = await world();
  socket = io(`${api.origin}/attendance`, {
    transports: ['websocket'],
    auth: { token: manager.token },
    forceNew: true,
  });
  await eventually('connected', async () => socket.connected);
  // Who manages whom reaches both services by events.
  await eventually('they are known', async () => {
    const people = await sql('attendance')`select 1 from people where id = ${worker.id} and manager_id = ${manager.id}`;
    const managers = await sql('events')`select 1 from managers where employee_id = ${worker.id}`;
    return people.length + managers.length === 2;
  });
});
afterAll(() => socket?.close());

async function board(): Promise<LiveBoard> {
  const { api } = await world();
  const answer = await api.call<LiveBoard>('GET', '/api/attendance/live?whole=true', {
    token: manager.token,
    patience: 50,
  });
  return expectStatus(answer, 200);
}
const mine = ({ data }: LiveBoard) => data.find(({ employeeId }) => employeeId === worker.id);

describe('a live board', () => {
  it('followed by socket says at every step what REST says', async () => {
    const { api } = await world();
    const heard: (BoardChange & { employeeId: string })[] = [];
    socket.on('presence', ({ changes }) =>
      heard.push(...changes.filter((one: { employeeId: string }) => one.employeeId === worker.id)),
    );
    const start = await board();
    const [person, site] = [mine(start), start.sites.find(({ siteId }) => siteId === mine(start)?.siteId)];
    if (!person || !site) throw new Error('the manager does not see their report');
    const facts: BoardFacts = boardFactsOf(person, site);
    const say = (path: string) => async () =>
      expectStatus(
        await api.call('POST', `/api/attendance/${path}`, { token: worker.token, body: {}, patience: 50 }),
        200,
        201,
      );
    const steps = [() => checkInPatiently(worker), say('breaks/start'), say('breaks/end'), say('check-out')];
    const states: string[][] = [];
    for (const [n, step] of steps.entries()) {
      await step();
      await eventually(`change ${n + 1} is heard of`, async () => heard.length === n + 1);
      const rest = await board();
      const bySocket = boardStateAt(heard.reduce<BoardFacts>(withChange, facts), Date.parse(rest.at));
      states.push([bySocket, mine(rest)?.state ?? '']);
    }
    expect(states).toEqual([
      ['in', 'in'],
      ['on_break', 'on_break'],
      ['in', 'in'],
      ['done', 'done'],
    ]);
  });
});
