import { describe, expect, it } from 'vitest';
import {
  type Action,
  actions,
  authorise,
  can,
  clientActions,
  delegable,
  permissionsOf,
  rolesFor,
  scopeOf,
} from '../src/index.ts';
import { setup } from './tokens.ts';

const allowed = (asker: Parameters<typeof can>[0]): Action[] => actions.filter((action) => can(asker, action));

describe('a token that was narrowed to scopes', () => {
  it('may take the actions of its role that it names, as far as the role reaches', () => {
    const asker = { role: 'manager', scopes: ['attendance.read', 'audit.read'] } as const;
    expect(allowed(asker)).toEqual(['attendance.read']);
    expect(scopeOf(asker, 'attendance.read')).toBe('reports');
  });

  it('may do nothing when it names nothing', () => {
    expect(allowed({ role: 'admin', scopes: [] })).toEqual([]);
  });

  it('never takes what nobody can hand on, even when it names it', () => {
    for (const action of ['account.own', 'clients.manage', 'api-keys.manage'] as const) {
      expect([action, delegable.includes(action), can({ role: 'admin' }, action)]).toEqual([action, false, true]);
      expect(can({ role: 'admin', scopes: actions }, action)).toBe(false);
      expect(can({ role: 'client', scopes: actions }, action)).toBe(false);
    }
  });

  it('says that it is the scopes', () => {
    expect(() => authorise({ role: 'admin', scopes: [] }, 'audit.read')).toThrow(/scopes of this token/);
  });
});

describe('a machine client', () => {
  it('may do exactly what its scopes name, everywhere', () => {
    const asker = { role: 'client', scopes: ['attendance.read', 'employees.read'] } as const;
    expect(allowed(asker)).toEqual(['employees.read', 'attendance.read']);
    expect(scopeOf(asker, 'attendance.read')).toBe('all');
  });

  it('may do nothing without scopes, and nothing that is somebody’s own', () => {
    expect(allowed({ role: 'client' })).toEqual([]);
    expect(allowed({ role: 'client', scopes: actions })).toEqual(clientActions);
    for (const action of ['profile.own', 'attendance.punch', 'attendance.punch-others'] as const)
      expect(clientActions).not.toContain(action);
  });

  it('is no role: no row of the table names it', () => {
    expect(permissionsOf({ role: 'client' })).toEqual([]);
    for (const action of actions) expect(rolesFor(action)).not.toContain('client');
  });
});

describe('the verifier', () => {
  it('hands on scopes and site, and leaves out actions it does not know', async () => {
    const { verifier, token } = setup();
    const key = await verifier.verify(await token({ scope: 'audit.read shifts.plan toString' }));
    expect(key.scopes).toEqual(['audit.read']);
    expect((await verifier.verify(await token({ scope: '' }))).scopes).toEqual([]);
    expect(await verifier.verify(await token())).not.toHaveProperty('scopes');
    const siteId = '0198a000-0000-7000-8000-00000000000c';
    expect(await verifier.verify(await token({ role: 'kiosk', siteId }))).toMatchObject({ role: 'kiosk', siteId });
  });
});
