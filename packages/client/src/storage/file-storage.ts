import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { QueuedPunch } from '../queue/queued-punch.ts';
import { type PunchStorage, StorageInUse, type Trouble } from './storage.ts';

const format = 1;
const busyCode = 5;

const schema = `
  create table if not exists punches (
    seq integer primary key, client_id text not null unique, body text not null, trouble text) strict;
  create index if not exists punches_waiting on punches (seq) where trouble is null;
  pragma user_version = ${format};`;

/**
 * Punches in one file, for Node: a SQLite database whose log is flushed to the disk before `add` resolves. The lock is the
 * kernel's and goes with the process, however that ends. Throws StorageInUse.
 */
export function openFileStorage(file: string): PunchStorage {
  // Who was where and when is nobody else's business on this machine; the log beside it takes over the mode.
  closeSync(openSync(file, 'a', 0o600));
  const db = new DatabaseSync(file);
  try {
    claim(db, file);
  } catch (error) {
    db.close();
    throw isBusy(error) ? new StorageInUse(file) : error;
  }
  const insert = db.prepare('insert into punches (client_id, body) values (?, ?) on conflict (client_id) do nothing');
  const oldest = db.prepare('select body from punches where trouble is null order by seq limit ?');
  const count = db.prepare('select count(*) as n from punches where trouble is null');
  const remove = db.prepare('delete from punches where client_id = ?');
  const setAside = db.prepare('update punches set trouble = ? where client_id = ?');
  const aside = db.prepare('select trouble from punches where trouble is not null order by seq');
  const dismiss = db.prepare('delete from punches where client_id = ? and trouble is not null');

  const together = (work: () => void): void => {
    db.exec('begin');
    try {
      work();
      db.exec('commit');
    } catch (error) {
      if (db.isTransaction) db.exec('rollback');
      throw error;
    }
  };
  return {
    async add(punches) {
      together(() => {
        for (const punch of punches) insert.run(punch.clientId, JSON.stringify(punch));
      });
    },
    async waiting(limit) {
      return oldest.all(limit).map(({ body }) => JSON.parse(String(body)) as QueuedPunch);
    },
    async countWaiting() {
      return Number(count.get()?.n);
    },
    async settle(taken, troubles) {
      together(() => {
        for (const clientId of taken) remove.run(clientId);
        for (const trouble of troubles) setAside.run(JSON.stringify(trouble), trouble.punch.clientId);
      });
    },
    async troubles() {
      return aside.all().map(({ trouble }) => JSON.parse(String(trouble)) as Trouble);
    },
    async dismiss(clientIds) {
      together(() => {
        for (const clientId of clientIds) dismiss.run(clientId);
      });
    },
    async close() {
      db.close();
    },
  };
}

/** Takes the file for this process alone, and makes its table. */
function claim(db: DatabaseSync, file: string): void {
  // Exclusive before the log is opened: then the lock is held until the end, and no shared memory is needed.
  db.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full;');
  db.exec('begin exclusive');
  const version = Number(db.prepare('pragma user_version').get()?.user_version);
  if (version > format) throw new Error(`${file} was written by a newer version of this client`);
  db.exec(schema);
  db.exec('commit');
}

const isBusy = (error: unknown): boolean => (error as { errcode?: unknown }).errcode === busyCode;
