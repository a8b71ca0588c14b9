import { expectStatus, seedDemo } from '@muster/demo';
import { expect, it } from 'vitest';
import { world } from '../src/world.ts';

interface Listed {
  data: { id: string; name: string; memberCount: number; teachers: unknown[] }[];
}

it('puts the demo data in, and nothing twice', async () => {
  const { api, admin, adminToken } = await world();
  const list = async (path: string) =>
    expectStatus(await api.call<Listed>('GET', path, { token: adminToken(), patience: 20 }), 200).data;
  const password = 'Muster-demo-1';

  expect(await seedDemo({ api, admin, password })).toEqual({ people: 40, created: 40, photos: 40, shifts: 190 });
  const classes = await list('/api/classes?limit=100');
  expect(classes).toMatchObject([{ name: 'Welding, first year', memberCount: 20, teachers: [{}] }]);

  expect(await seedDemo({ api, admin, password })).toEqual({ people: 40, created: 0, photos: 0, shifts: 0 });
  expect(await list('/api/classes?limit=100')).toEqual(classes);
  const shifts = await list('/api/shifts?limit=100');
  expect(shifts.map(({ name }) => name).sort()).toEqual(['Early', 'Late', 'Night']);
});
