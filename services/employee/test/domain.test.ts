import { describe, expect, it } from 'vitest';
import { changedFields } from '../src/domain/changed-fields.ts';
import { creationKeyOf, openAnswer, sealAnswer } from '../src/domain/creation-key.ts';
import type { Person } from '../src/domain/person.ts';
import { containing } from '../src/domain/search-text.ts';
import { siteSnapshotOf } from '../src/domain/site.ts';

describe('search', () => {
  it('a pattern takes wildcards as they are written', () => {
    expect(containing('50%_\\')).toBe('%50\\%\\_\\\\%');
  });
});

describe('creationKeyOf', () => {
  it('does not depend on the order of fields, keeps no password, and tells people apart', () => {
    const one = creationKeyOf('a', 'k', { email: 'x', name: 'y', password: 'secret-1' });
    expect(creationKeyOf('a', 'k', { name: 'y', email: 'x', password: 'secret-2', phone: null })).toEqual(one);
    expect(creationKeyOf('a', 'k', { name: 'y', email: 'x' })?.hash).not.toBe(one?.hash);
    expect(creationKeyOf('b', 'k', { email: 'x', name: 'y' })?.key).not.toBe(one?.key);
    expect(creationKeyOf('a', undefined, {})).toBeUndefined();
  });

  it('opens a sealed answer with the same key only', () => {
    const mine = creationKeyOf('a', 'k', {});
    const other = creationKeyOf('a', 'k2', {});
    if (!mine || !other) throw new Error('both have a key');
    const sealed = sealAnswer(mine, { invitationToken: 't' });
    expect(openAnswer(mine, sealed)).toEqual({ invitationToken: 't' });
    expect(() => openAnswer(other, sealed)).toThrow();
    expect(() => openAnswer({ ...mine, key: other.key }, sealed)).toThrow();
  });
});

describe('changedFields', () => {
  it('names what differs, the department by its name only', () => {
    const person = { name: 'A', phone: null, department: 'X', departmentId: '1' } as Person;
    expect(changedFields(person, { name: 'A', phone: '1', department: 'Y', departmentId: '2' })).toEqual([
      'department',
      'phone',
    ]);
  });
});

describe('siteSnapshotOf', () => {
  it('a fence of radius 0 is none', () => {
    const site = { id: 's', version: 1, name: 'S', zone: 'Etc/UTC', ipAllowList: [] };
    expect(siteSnapshotOf({ ...site, geofence: { latitude: 1, longitude: 2, radiusM: 0 } }).geofence).toBeNull();
    expect(siteSnapshotOf({ ...site, geofence: { latitude: 1, longitude: 2, radiusM: 5 } }).geofence?.radiusM).toBe(5);
  });
});
