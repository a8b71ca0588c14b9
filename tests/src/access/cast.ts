import type { Role } from '@muster/contracts';
import { grantTypes } from '@muster/contracts/http/auth';
import { expectStatus, signIn } from '@muster/demo';
import sharp from 'sharp';
import { v7 as uuid } from 'uuid';
import { eventually } from '../eventually.ts';
import { world } from '../world.ts';

/** One of each role, and whom they may or may not reach: `report` works under the manager, `below` under the report. */
export type Standing = Role | 'report' | 'below' | 'stranger';

export interface Member {
  id: string;
  role: Role;
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
  if (role === 'kiosk') return enrolKiosk();
  const { api, adminToken } = await world();
  const token = adminToken();
  const [email, workId, phone] = [`${uuid()}@access.muster.example`, `W-${uuid()}`, randomPhone()];
  const body = { email, name: `The ${role}`, position: 'Tester', workId, phone, password, managerId, role };
  const created = await api.call<{ id: string }>('POST', '/api/employees', { token, body, patience: 50 });
  const { id } = expectStatus(created, 201);
  const session = await signIn(api, email, password);
  return { id, role, email, password, token: session.accessToken, secrets: [email, workId, phone] };
}

/** A kiosk is no person: a device that an administrator enrolled, with a token of its own. */
async function enrolKiosk(): Promise<Member> {
  const { api, adminToken } = await world();
  const token = adminToken();
  const sites = await api.call<{ data: { id: string }[] }>('GET', '/api/sites?limit=1', { token });
  const body = { name: `Kiosk ${uuid()}`, siteId: expectStatus(sites, 200).data[0]?.id };
  const enrolled = await api.call<{ id: string; deviceToken: string }>('POST', '/api/devices', { token, body });
  const { id, deviceToken } = expectStatus(enrolled, 201);
  const grant = new URLSearchParams({ grant_type: grantTypes.device, device_token: deviceToken });
  const answer = await api.call<{ access_token: string }>('POST', '/api/auth/token', {
    body: new TextEncoder().encode(`${grant}`),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const { access_token } = expectStatus(answer, 200);
  return { id, role: 'kiosk', email: '', password: '', token: access_token, secrets: [] };
}

const randomPhone = (): string => `+49 555 ${Math.floor(Math.random() * 1e12)}`;

/** Everybody, each with a photo, a session at work and a notification of their own, known to every service. */
export async function assemble(): Promise<Cast> {
  const manager = await createMember('manager');
  const report = await createMember('manager', manager.id);
  const [admin, hr, employee, kiosk, teacher, below, stranger] = await Promise.all([
    ...(['admin', 'hr', 'employee', 'kiosk', 'teacher'] as const).map((role) => createMember(role)),
    createMember('employee', report.id),
    createMember('employee'),
  ] as const);
  const members = { admin, hr, manager, employee, kiosk, teacher, report, below, stranger } as Cast['members'];
  const everybody = Object.values(members);
  await Promise.all(everybody.filter(({ role }) => role !== 'kiosk').map(settle));
  const { sql } = await world();
  const ids = everybody.filter(({ role }) => role !== 'kiosk').map(({ id }) => id);
  await eventually('attendance knows them all', async () => {
    const rows = await sql('attendance')`select 1 from people where id = any(${ids}::uuid[])`;
    return rows.length === ids.length;
  });
  return { members, siteId: await siteOf(manager) };
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
