import { type Role, roles } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { type Action, actions, authorise, can, permissionsOf, rolesFor, scopeOf, scopes } from '../src/index.ts';

const openTo = (role: Role): Action[] => actions.filter((action) => can({ role }, action));

describe('the table of permissions', () => {
  it('gives the admin everything but a kiosk’s punching for others', () => {
    expect(actions.filter((action) => !can({ role: 'admin' }, action))).toEqual(['attendance.punch-others']);
  });

  it('gives a kiosk what stands on its screen and punching for others, nothing else', () => {
    expect(openTo('kiosk')).toEqual([
      'employees.read',
      'sites.read',
      'departments.read',
      'attendance.punch-others',
      'punches.sync',
    ]);
    expect(scopeOf({ role: 'kiosk' }, 'attendance.punch-others')).toBe('site');
  });

  it('lets nobody but admin and hr reach everybody’s private data', () => {
    for (const action of ['employees.read-private', 'attendance.read'] as const) {
      const reach = Object.fromEntries(roles.map((role) => [role, scopeOf({ role }, action)]));
      expect(reach).toEqual({ admin: 'all', hr: 'all', manager: 'reports', employee: 'own', teacher: 'own' });
    }
  });

  it('never gives hr or anybody else what is the admin’s alone', () => {
    for (const action of ['users.manage', 'devices.enrol', 'audit.read', 'scaling.plan'] as const)
      expect(rolesFor(action)).toEqual(['admin']);
  });

  it('grants each action to somebody, and a role that is wider never reaches less far', () => {
    const width = (role: Role, action: Action): number => {
      const scope = scopeOf({ role }, action);
      return scope === undefined ? -1 : scopes.indexOf(scope);
    };
    for (const action of actions) {
      expect([action, rolesFor(action).length > 0]).toEqual([action, true]);
      for (const [wider, narrower] of [
        ['admin', 'hr'],
        ['hr', 'manager'],
        ['manager', 'employee'],
      ] as const)
        expect([action, wider, width(wider, action) >= width(narrower, action)]).toEqual([action, wider, true]);
    }
  });
});

describe('asking the table', () => {
  it('authorise returns the scope, or throws forbidden', () => {
    expect(() => authorise({ role: 'employee' }, 'audit.read')).toThrow(expect.objectContaining({ code: 'forbidden' }));
    expect(authorise({ role: 'admin' }, 'audit.read')).toBe('all');
    expect(authorise({ role: 'manager' }, 'attendance.read')).toBe('reports');
  });

  it('refuses an action or a role it does not know', () => {
    expect(can({ role: 'admin' }, 'users.rename' as Action)).toBe(false);
    expect(can({ role: 'king' as Role }, 'employees.read')).toBe(false);
    expect(can({ role: 'constructor' as Role }, 'employees.read')).toBe(false);
  });

  it('lists no more than a narrowed token may do', () => {
    const narrowed = { role: 'admin', scopes: ['audit.read', 'attendance.punch-others'] } as const;
    expect(permissionsOf(narrowed)).toEqual([{ resource: 'audit', action: 'read', scope: 'all' }]);
    expect(permissionsOf({ role: 'client' })).toEqual([]);
  });

  it('lists what a role may do', () => {
    expect(permissionsOf({ role: 'employee' })).toContainEqual({
      resource: 'attendance',
      action: 'read',
      scope: 'own',
    });
    for (const role of roles)
      expect(permissionsOf({ role }).map(({ resource, action }) => `${resource}.${action}`)).toEqual(openTo(role));
  });
});
