import { expectStatus, signIn } from '@muster/demo';
import { v7 as uuid } from 'uuid';
import { eventually } from '../eventually.ts';
import { world } from '../world.ts';
import { keyOf, studentOf } from './attendance/classes.ts';
import { pastPunch } from './attendance/past-punch.ts';
import { type Member, putPhoto } from './cast.ts';
import { newOpenShift, newPlace, newSwapFor, newSwapOf, newSwapToDecide, newWaitingPick } from './roster-things.ts';

interface Maker {
  /** Whether it is somebody's: what is nobody's is asked for once. */
  isOwned: boolean;
  /** One that may be looked at by everybody in turn. */
  find(owner: Member): Promise<string>;
  /** One that may be changed or deleted. Left out where nothing can be. */
  create?(owner: Member, isOwn: boolean): Promise<string>;
}

async function read<T>(path: string, token?: string): Promise<T> {
  const { api, adminToken } = await world();
  return expectStatus(await api.call<T>('GET', path, { token: token ?? adminToken(), patience: 50 }), 200);
}

async function post(path: string, body: object, token?: string): Promise<string> {
  const { api, adminToken } = await world();
  const request = { token: token ?? adminToken(), body, patience: 50 };
  return expectStatus(await api.call<{ id: string }>('POST', path, request), 201, 202).id;
}

async function put(path: string, body: object): Promise<void> {
  const { api, adminToken } = await world();
  expectStatus(await api.call('PUT', path, { token: adminToken(), body, patience: 50 }), 204);
}

/** Only its row: an authenticator would be needed to make a real one, and nobody signs in by it here. */
async function newPasskey({ id: userId }: Member): Promise<string> {
  const id = uuid();
  await (await world()).sql('auth')`
    insert into passkeys (id, user_id, credential_id, public_key, counter, transports, name, synced, created_at)
    values (${id}, ${userId}, ${id}, ''::bytea, 0, '{}', 'Row', false, now())
  `;
  return id;
}

/** Only its row: no clock here is a day off. */
async function newHeldPunch({ id: employeeId }: Member): Promise<string> {
  const id = uuid();
  await (await world()).sql('attendance')`
    insert into held_punches (id, employee_id, client_id, type, claimed_at, received_at, site_id, sync_id, reason, request_hash)
    values (${id}, ${employeeId}, ${id}, 'IN', now(), now(), ${id}, ${id}, 'clock_not_believed', ''::bytea)
  `;
  return id;
}

const first = (what: string, path: string, token?: string): Promise<string> =>
  eventually(what, async () => (await read<{ data: { id: string }[] }>(path, token)).data[0]?.id);

const idOf = async ({ id }: Member): Promise<string> => id;
/** Known to attendance, too, which hears of people by events. */
const newPerson = async (): Promise<string> => {
  const id = await post('/api/employees', {
    email: `${uuid()}@access.muster.example`,
    name: 'Spare',
    position: 'Spare',
  });
  const { sql } = await world();
  const known = async () => (await sql('attendance')`select 1 from people where id = ${id}`).length === 1;
  await eventually('attendance knows the new person', known);
  return id;
};
const newName = (): string => `Access ${uuid()}`;
const newSite = () => post('/api/sites', { name: newName(), zone: 'Europe/Berlin' });
const newDepartment = () => post('/api/departments', { name: newName() });

const newCorrection = ({ token }: Member) => post('/api/attendance/corrections', pastPunch(), token);
const newClient = () => post('/api/clients', { name: newName(), scopes: ['attendance.read'] });
const newKey = ({ token }: Member) => post('/api/api-keys', { name: newName(), scopes: ['attendance.read'] }, token);
const newRules = () => post('/api/attendance/rules', { validFrom: '2099-01-01', name: newName(), rules: {} });
const newDevice = async () => {
  const sites = await read<{ data: { id: string }[] }>('/api/sites?limit=1');
  return post('/api/devices', { name: newName(), siteId: sites.data[0]?.id });
};

const newShiftType = () => post('/api/shifts', { name: newName(), start: '08:00', end: '16:00' });
const newRotation = async () =>
  post('/api/rosters/rotations', { name: newName(), anchor: '2031-01-01', pattern: [[await newShiftType()]] });
/** On a date of its own: of a person's assignments one counts at a time. */
const newAssignment = async ({ id: employeeId }: Member) => {
  const from = new Date(Date.UTC(2040, 0, Math.floor(Math.random() * 15_000))).toISOString().slice(0, 10);
  return post('/api/rosters/assignments', { employeeId, shiftTypeId: await newShiftType(), from, to: from });
};
/** Only its row, as if its planner had begun it: most people may plan nothing. */
async function newDraft({ id: planner }: Member): Promise<string> {
  const id = uuid();
  await (await world()).sql('attendance')`
    insert into rosters (id, site_id, from_date, to_date, status, version, created_by, created_at)
    select ${id}, site_id, '2031-01-01', '2031-01-01', 'DRAFT', 1, id, now() from people where id = ${planner}
  `;
  return id;
}

/** With a holiday on the date that paths are filled with. */
const newHolidayList = async (): Promise<string> => {
  const id = await post('/api/holidays', { name: newName() });
  await put(`/api/holidays/${id}/days/2026-03-02`, { name: 'Holiday' });
  return id;
};
/** Known to attendance, and given no list from the date on that paths are filled with. */
const newSiteWithHolidays = async (): Promise<string> => {
  const id = await newSite();
  const { sql } = await world();
  const known = async () => (await sql('attendance')`select 1 from sites where id = ${id}`).length === 1;
  await eventually('attendance knows the new site', known);
  await put(`/api/holidays/sites/${id}/2026-03-02`, { listId: await newHolidayList() });
  return id;
};
async function newClass(teacher?: Member): Promise<string> {
  const studentId = await newPerson();
  const teacherIds = teacher ? [teacher.id] : [];
  const classId = await post('/api/classes', { name: newName(), teacherIds, memberIds: [studentId] });
  const { api, adminToken } = await world();
  const body = { classId, studentId, status: 'present' };
  const marked = await api.call<{ cacheKey: string }>('POST', '/api/attendance/mark', { token: adminToken(), body });
  studentOf.set(classId, studentId);
  keyOf.set(classId, expectStatus(marked, 201).cacheKey);
  return classId;
}

/** Every day costs, so that any date can be asked for. */
const newLeaveType = () => post('/api/leave/types', { name: newName(), counts: 'CALENDAR_DAYS' });
let leaveDays = 0;
/** A request that waits, on another day each time. */
const newLeaveRequest = async ({ token }: Member): Promise<string> => {
  const day = new Date(Date.UTC(2030, 0, 1 + leaveDays++)).toISOString().slice(0, 10);
  return post('/api/leave/requests', { typeId: await newLeaveType(), from: day, to: day }, token);
};

/** What operations are about. A new kind is one entry: how to find one of an owner's, how to make one to be spoilt. */
export const kinds = {
  person: { isOwned: true, find: idOf, create: async ({ id }, isOwn) => (isOwn ? id : newPerson()) },
  /** Of a person who is there: what is added to it changes nothing that anybody else looks at. */
  'time of a person': { isOwned: true, find: idOf },
  /** Somebody who has one. */
  photo: {
    isOwned: true,
    find: idOf,
    create: async ({ id }, isOwn) => putPhoto(isOwn ? id : await newPerson()),
  },
  attendance: { isOwned: true, find: ({ token }) => first('a session', '/api/attendance?limit=1', token) },
  notification: { isOwned: true, find: ({ token }) => first('a notification', '/api/notifications?limit=1', token) },
  'sign-in session': {
    isOwned: true,
    find: ({ token }) => first('a sign-in', '/api/auth/sessions?limit=1', token),
    create: async ({ email, password }) => {
      const { accessToken } = await signIn((await world()).api, email, password);
      return JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()).sid;
    },
  },
  /** An archive that is ready. */
  export: {
    isOwned: true,
    find: async ({ token }) => {
      const id = await post('/api/privacy/exports', {}, token);
      const status = async () => (await read<{ status: string }>(`/api/privacy/exports/${id}`, token)).status;
      await eventually('the archive', async () => (await status()) === 'ready');
      return id;
    },
  },
  'wish to be erased': { isOwned: true, find: ({ token }) => post('/api/privacy/erasures', {}, token) },
  /** Of somebody who is no longer needed. */
  erasure: {
    isOwned: false,
    find: async () => post('/api/privacy/erasures', { employeeId: await newPerson() }),
  },
  passkey: { isOwned: true, find: newPasskey, create: newPasskey },
  correction: { isOwned: true, find: newCorrection, create: newCorrection },
  rules: { isOwned: false, find: newRules, create: newRules },
  site: { isOwned: false, find: newSite, create: newSite },
  department: { isOwned: false, find: newDepartment, create: newDepartment },
  client: { isOwned: false, find: newClient, create: newClient },
  'api key': { isOwned: true, find: newKey, create: newKey },
  device: { isOwned: false, find: newDevice, create: newDevice },
  /** The secret of the feed's address. */
  'calendar address': {
    isOwned: true,
    find: async ({ token }) => {
      const { api } = await world();
      const made = await api.call<{ path: string }>('POST', '/api/rosters/calendar-link', { token, patience: 20 });
      return expectStatus(made, 201).path.split('/').at(-1)?.replace('.ics', '') ?? '';
    },
  },
  'swap asked for': { isOwned: true, find: newSwapOf, create: newSwapOf },
  'swap offered': { isOwned: true, find: newSwapFor, create: newSwapFor },
  'swap to decide': { isOwned: true, find: (owner) => newSwapToDecide(owner, false), create: newSwapToDecide },
  'open shift': { isOwned: false, find: newOpenShift, create: newOpenShift },
  'place in an open shift': { isOwned: true, find: newPlace, create: newPlace },
  'waiting pick': { isOwned: false, find: newWaitingPick, create: newWaitingPick },
  'leave type': { isOwned: false, find: newLeaveType, create: newLeaveType },
  'leave request': { isOwned: true, find: newLeaveRequest, create: newLeaveRequest },
  'shift type': { isOwned: false, find: newShiftType, create: newShiftType },
  rotation: { isOwned: false, find: newRotation, create: newRotation },
  assignment: { isOwned: true, find: newAssignment, create: newAssignment },
  /** Of whoever plans it. */
  'draft roster': { isOwned: true, find: newDraft, create: newDraft },
  'holiday list': { isOwned: false, find: newHolidayList, create: newHolidayList },
  'site with holidays': { isOwned: false, find: newSiteWithHolidays, create: newSiteWithHolidays },
  /** Taught by the owner, with one member, who was marked. */
  class: { isOwned: true, find: newClass },
  'spare class': { isOwned: false, find: () => newClass(), create: () => newClass() },
  'held punch': { isOwned: true, find: newHeldPunch, create: newHeldPunch },
  'audit entry': { isOwned: false, find: () => first('an audit entry', '/api/audit-logs?limit=1') },
} as const satisfies Record<string, Maker>;

export type Kind = keyof typeof kinds;

const found = new Map<string, Promise<string>>();

/** The id of a thing of that kind that is `owner`'s; `spoil`: it will not be the same afterwards; `isOwn`: the owner asks. */
export function thingOf(kind: Kind, owner: Member, o: { spoil: boolean; isOwn: boolean }): Promise<string> {
  const maker: Maker = kinds[kind];
  if (o.spoil && maker.create) return maker.create(owner, o.isOwn);
  const key = maker.isOwned ? `${kind} ${owner.id}` : kind;
  const known = found.get(key) ?? maker.find(owner);
  found.set(key, known);
  return known;
}
