import { type DBSchema, openDB } from 'idb';
import type { QueuedPunch } from '../queue/queued-punch.ts';
import { type PunchStorage, StorageInUse, type Trouble } from './storage.ts';

interface Schema extends DBSchema {
  waiting: { key: number; value: QueuedPunch; indexes: { clientId: string } };
  troubles: { key: string; value: Trouble };
}

/** Punches in IndexedDB, for browsers. One tab at a time holds them, by a Web Lock. Throws StorageInUse. */
export async function openBrowserStorage(name = 'muster-punches'): Promise<PunchStorage> {
  const release = await holdLock(name);
  const db = await openDB<Schema>(name, 1, {
    upgrade(fresh) {
      fresh.createObjectStore('waiting', { autoIncrement: true }).createIndex('clientId', 'clientId', { unique: true });
      fresh.createObjectStore('troubles', { keyPath: 'punch.clientId' });
    },
  }).catch((error: unknown) => {
    release();
    throw error;
  });
  // Strict: resolved is on the disk, not merely handed to the system.
  const change = () => db.transaction(['waiting', 'troubles'], 'readwrite', { durability: 'strict' });

  return {
    async add(punches) {
      const tx = change();
      const waiting = tx.objectStore('waiting');
      for (const punch of punches) {
        const known =
          (await waiting.index('clientId').getKey(punch.clientId)) ??
          (await tx.objectStore('troubles').getKey(punch.clientId));
        if (known === undefined) await waiting.add(punch);
      }
      await tx.done;
    },
    waiting: (limit) => db.getAll('waiting', undefined, limit),
    countWaiting: () => db.count('waiting'),
    async settle(taken, troubles) {
      const tx = change();
      const waiting = tx.objectStore('waiting');
      for (const clientId of [...taken, ...troubles.map(({ punch }) => punch.clientId)]) {
        const key = await waiting.index('clientId').getKey(clientId);
        if (key !== undefined) await waiting.delete(key);
      }
      for (const trouble of troubles) await tx.objectStore('troubles').put(trouble);
      await tx.done;
    },
    troubles: () => db.getAll('troubles'),
    async dismiss(clientIds) {
      const tx = change();
      for (const clientId of clientIds) await tx.objectStore('troubles').delete(clientId);
      await tx.done;
    },
    async close() {
      db.close();
      release();
    },
  };
}

/** Resolves to the function that gives the lock back. It goes with the tab, too. */
function holdLock(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const held = navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      if (lock === null) throw new StorageInUse(name);
      return new Promise<void>((release) => resolve(release));
    });
    held.catch(reject);
  });
}
