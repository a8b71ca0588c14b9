import { type Role, roles } from '@muster/contracts';
import { fullEmployee, publicEmployee } from '@muster/contracts/http/employee';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visibleFields } from '../src/domain/visible-fields.ts';
import { createHarness, type Harness } from './support/harness.ts';
import { somebody } from './support/people.ts';

let on: Harness;
beforeAll(async () => {
  on = await createHarness();
});
afterAll(() => on.drop());

// Said again by hand: this is what the source is held against.
const everybodySees = ['department', 'id', 'isDeleted', 'name', 'photoVersion', 'position', 'siteId'];
const staff = new Set<Role>(['admin', 'hr']);

interface Member {
  id: string;
  above: number | undefined;
  deleted: boolean;
}

/** Whether member `to` stands below member `from`. */
function isBelow(org: readonly Member[], from: number, to: number): boolean {
  for (let at = org[to]?.above; at !== undefined; at = org[at]?.above) if (at === from) return true;
  return false;
}

/** Six people, each with a secret telephone number, under whoever came before them, or under nobody. */
async function organise(managers: readonly (number | undefined)[], gone: number): Promise<Member[]> {
  const org: Member[] = [];
  for (const [at, manager] of managers.entries()) {
    const above = manager === undefined || at === 0 ? undefined : manager % at;
    const managerId = above === undefined ? null : org[above]?.id;
    const { id } = await on.hire({ phone: `+49 555 ${at}`, managerId });
    org.push({ id, above, deleted: false });
  }
  const left = org[gone];
  if (left) {
    expect((await on.ask('DELETE', `/api/employees/${left.id}`, { as: on.admin })).status).toBe(204);
    left.deleted = true;
    // Where a manager's deletion frees those below them, the record says so.
    for (const member of org) {
      const { body } = await on.ask('GET', `/api/employees/${member.id}`, { as: on.admin });
      if (body.managerId === null) member.above = undefined;
    }
  }
  return org;
}

describe('what a role sees of a person', () => {
  it('never holds a field outside its set, whoever stands where', async () => {
    const shape = fc.record({
      managers: fc.array(fc.option(fc.nat(5), { nil: undefined }), { minLength: 3, maxLength: 6 }),
      gone: fc.nat(8),
      viewer: fc.nat(5),
      role: fc.constantFrom(...roles),
    });
    await fc.assert(
      fc.asyncProperty(shape, async ({ managers, gone, viewer, role }) => {
        const org = await organise(managers, gone);
        const from = viewer % org.length;
        const as = somebody(role, { id: org[from]?.id ?? '' });
        const list = await on.ask('GET', '/api/employees?limit=100', { as });
        const listed = new Map(list.body.data.map((one: { id: string }) => [one.id, one]));
        for (const [to, { id, deleted }] of org.entries()) {
          const own = to === from && role !== 'kiosk';
          const whole = staff.has(role) || own || (role === 'manager' && isBelow(org, from, to));
          const fields = whole ? Object.keys(fullEmployee.shape).sort() : everybodySees;
          const one = await on.ask('GET', `/api/employees/${id}`, { as });
          if (deleted && !whole) expect(one.status).toBe(404);
          else expect([role, Object.keys(one.body).sort()]).toEqual([role, fields]);
          const row = listed.get(id);
          expect(row === undefined).toBe(deleted);
          if (row) expect([role, Object.keys(row).sort()]).toEqual([role, fields]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is told apart in one place, which knows every field of the contract', () => {
    expect([...visibleFields(true)].sort()).toEqual(Object.keys(fullEmployee.shape).sort());
    expect([...visibleFields(false)].sort()).toEqual(Object.keys(publicEmployee.shape).sort());
    expect([...visibleFields(false)].sort()).toEqual(everybodySees);
  });

  it('does not let an employee read those who were put under them', async () => {
    const elder = await on.hire();
    const { id } = await on.hire({ managerId: elder.id });
    const { body } = await on.ask('GET', `/api/employees/${id}`, { as: somebody('employee', { id: elder.id }) });
    expect(Object.keys(body).sort()).toEqual(everybodySees);
  });
});
