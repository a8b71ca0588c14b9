import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EventEnvelope, eventSchemas } from '../src/events/index.ts';
import { withoutPerson } from '../src/privacy/without-person.ts';

const ada = '0198aaaa-0000-7000-8000-00000000000a';
const bob = '0198aaaa-0000-7000-8000-00000000000b';
const at = '2026-11-21T08:00:00Z';
const adaActs = { id: ada, name: 'Ada', role: 'hr', ip: '203.0.113.1', userAgent: 'agent' };
const bobActs = { ...adaActs, id: bob, name: 'Bob' };
const snapshot = {
  email: 'secret@example.org',
  name: 'Secret',
  role: 'employee',
  position: 'Secret job',
  workId: 'S-1',
  department: 'Secret department',
  siteId: bob,
  managerId: bob,
  hiredOn: '1999-12-31',
  status: 'active',
};

const event = (type: string, data: Record<string, unknown>): EventEnvelope => ({
  specversion: '1.0',
  id: bob,
  source: 'muster/test',
  type,
  time: at,
  datacontenttype: 'application/json',
  data: { id: bob, version: 1, occurredAt: at, ...data },
});

describe('an event without a person', () => {
  it('about them keeps what happened and who did it, and still fits its schema', () => {
    const told = event('employee.employee-updated.v1', {
      employeeId: ada,
      actor: bobActs,
      before: snapshot,
      after: snapshot,
      changedFields: ['phone'],
    });
    const left = withoutPerson(told, ada);
    expect(JSON.stringify(left)).not.toMatch(/ecret|S-1|1999/);
    expect(left.data).toMatchObject({
      employeeId: ada,
      occurredAt: at,
      actor: bobActs,
      changedFields: ['phone'],
      after: { role: 'employee', status: 'active', siteId: bob },
    });
    expect(() => eventSchemas['employee.employee-updated.v1'].parse(left.data)).not.toThrow();
  });

  it('by them about somebody else keeps all of the other', () => {
    const told = event('employee.employee-updated.v1', {
      employeeId: bob,
      actor: adaActs,
      before: snapshot,
      after: snapshot,
    });
    expect(withoutPerson(told, ada).data).toEqual({ ...told.data, actor: { id: ada, name: 'erased', role: 'hr' } });
  });

  it('that has nothing to do with them is the same', () => {
    const told = event('employee.employee-updated.v1', { employeeId: bob, actor: bobActs, after: snapshot });
    expect(withoutPerson(told, ada)).toBe(told);
  });

  it('hides the address of a failed sign-in, which the platform itself tells of', () => {
    const system = { id: '00000000-0000-0000-0000-000000000000', name: 'system', role: 'system', ip: '203.0.113.1' };
    const told = event('auth.sign-in-failed.v1', {
      userId: ada,
      actor: system,
      emailHint: 's…@x',
      reason: 'wrong-password',
    });
    const text = JSON.stringify(withoutPerson(told, ada));
    expect(text).not.toMatch(/203|s…@x/);
    expect(text).toContain('wrong-password');
  });

  it('lets no text of an unknown producer through, wherever it stands', () => {
    const words = fc.stringMatching(/^[A-Z][a-z]{8,12} [A-Z][a-z]{8,12}$/);
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        words,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.stringMatching(/^x[a-z]{1,8}$/), tie('tree'), { maxKeys: 3 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const left = JSON.stringify(withoutPerson(event('desk.ticket-opened.v1', { employeeId: ada, value }), ada));
        for (const word of JSON.stringify(value).match(/[A-Z][a-z]{8,12} [A-Z][a-z]{8,12}/g) ?? [])
          expect(left).not.toContain(word);
      }),
    );
  });
});
