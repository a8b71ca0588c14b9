import { AppError } from '@muster/contracts';
import type { PhotoStore } from '../../src/deps.ts';

export interface FakeStore extends PhotoStore {
  objects: Map<string, Uint8Array>;
  reads: number;
  down: boolean;
}

/** The photo binding, in memory. */
export function fakeStore(): FakeStore {
  const check = (): void => {
    if (store.down) throw new AppError('unavailable', 'The object store cannot be reached.');
  };
  const store: FakeStore = {
    objects: new Map(),
    reads: 0,
    down: false,
    async create({ key, bytes }) {
      check();
      store.objects.set(key, bytes);
    },
    async get(key) {
      check();
      store.reads += 1;
      return store.objects.get(key);
    },
    async delete(key) {
      check();
      store.objects.delete(key);
    },
  };
  return store;
}
