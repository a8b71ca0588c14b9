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

  // Other tests made classes and shift types of their own on this platform.
  const classes = async () =>
    (await list('/api/classes?limit=100')).filter(({ name }) => name === 'Welding, first year');
  const shiftNames = async () =>
    (await list('/api/shifts?limit=100')).map(({ name }) => name).filter((name) => demoShifts.includes(name));

  expect(await seedDemo({ api, admin, password })).toEqual({ people: 40, created: 40, photos: 40, shifts: 190 });
  const seeded = await classes();
  expect(seeded).toMatchObject([{ memberCount: 20, teachers: [{}] }]);

  expect(await seedDemo({ api, admin, password })).toEqual({ people: 40, created: 0, photos: 0, shifts: 0 });
  expect(await classes()).toEqual(seeded);
  expect((await shiftNames()).sort()).toEqual(demoShifts);
});

const demoShifts = ['Early', 'Late', 'Night'];
