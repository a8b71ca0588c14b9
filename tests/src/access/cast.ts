import type { ActorRole, Role } from '@muster/contracts';
import { expectStatus, signIn } from '@muster/demo';
import type { Action } from '@muster/identity';
import sharp from 'sharp';
import { v7 as uuid } from 'uuid';
import { eventually } from '../eventually.ts';
import { world } from '../world.ts';
import { enrolKiosk, makeKey, registerClient } from './machines.ts';

/**
 * One of each role, a machine client and a key of hr, and whom they may or may not reach: `report` works under the manager,
 * `below` under the report.
 */
export type Standing = Role | 'client' | 'key' | 'report' | 'below' | 'stranger';

export interface Member {
  id: string;
  role: ActorRole;
  /** All it may do, where it is less than its role. */
  scopes?: readonly Action[];
  email: string;
  password: string;
  token: string;
  /** What only those may read who may read this person's private fields. */
  secrets: string[];
}

export interface Cast {
  members: Record<Standing, Member>;
  siteId: string;
}

const password = 'A-good-password-1';
const pixel = { create: { width: 32, height: 32, channels: 3, background: '#357' } } as const;

/** A small picture. */
export const picture: Uint8Array = await sharp(pixel).jpeg().toBuffer();

/** Somebody new with that role, signed in. */
export async function createMember(role: Role, managerId?: string): Promise<Member> {
  const { api, adminToken } = await world();
  const token = adminToken();
  const [email, workId, phone] = [`${uuid()}@access.muster.example`, `W-${uuid()}`, randomPhone()];
  const body = { email, name: `The ${role}`, position: 'Tester', workId, phone, password, managerId, role };
  const created = await api.call<{ id: string }>('POST', '/api/employees', { token, body, patience: 50 });
  const { id } = expectStatus(created, 201);
  const session = await signIn(api, email, password);
  return { id, role, email, password, token: session.accessToken, secrets: [email, workId, phone] };
}

const randomPhone = (): string => `+49 555 ${Math.floor(Math.random() * 1e12)}`;

/** Everybody, each with a photo, a session at work and a notification of their own, known to every service. */
export async function assemble(): Promise<Cast> {
  const manager = await createMember('manager');
  const report = await createMember('manager', manager.id);
  const [admin, hr, employee, teacher, below, stranger] = await Promise.all([
    createMember('admin'),
    createMember('hr'),
    createMember('employee'),
    createMember('teacher'),
    createMember('employee', report.id),
    createMember('employee'),
  ]);
  const people = { admin, hr, manager, employee, teacher, report, below, stranger };
  await Promise.all(Object.values(people).map(settle));
  const siteId = await siteOf(manager);
  const [kiosk, client, key] = await Promise.all([enrolKiosk(siteId), registerClient(), makeKey(hr)]);
  const { sql } = await world();
  const ids = Object.values(people).map(({ id }) => id);
  await eventually('attendance knows them all', async () => {
    const rows = await sql('attendance')`select 1 from people where id = any(${ids}::uuid[])`;
    return rows.length === ids.length;
  });
  return { members: { ...people, kiosk, client, key }, siteId };
}

/** Gives a person what the operations are about: a photo, a punch, and a notification, for a password that was changed. */
async function settle(member: Member): Promise<void> {
  const { api } = await world();
  const { id, token } = member;
  await putPhoto(id);
  expectStatus(await api.call('POST', '/api/attendance/check-in', { token, body: {}, patience: 50 }), 201);
  const body = { currentPassword: member.password, newPassword: 'A-good-password-2' };
  expectStatus(await api.call('POST', '/api/auth/change-password', { token, body, patience: 50 }), 204);
  member.password = body.newPassword;
}

/** Gives a person a photo; returns their id. */
export async function putPhoto(id: string): Promise<string> {
  const { api, adminToken } = await world();
  const headers = { 'content-type': 'image/jpeg' };
  const request = { token: adminToken(), body: picture, headers, patience: 50 };
  expectStatus(await api.call('PUT', `/api/employees/${id}/photo`, request), 200);
  return id;
}

async function siteOf({ id }: Member): Promise<string> {
  const { api, adminToken } = await world();
  const answer = await api.call<{ siteId: string }>('GET', `/api/employees/${id}`, { token: adminToken() });
  return expectStatus(answer, 200).siteId;
}
