import { migrate } from '@muster/db';
import { silentLog, testDatabase } from '@muster/testing';
import { expect, test } from 'vitest';
import { migrations } from './support/service.ts';

test('migrations run once: the second time there is nothing to do', async () => {
  const { sql, drop } = await testDatabase();
  try {
    expect((await migrate({ sql, folder: migrations, log: silentLog })).length).toBeGreaterThan(0);
    expect(await migrate({ sql, folder: migrations, log: silentLog })).toEqual([]);
  } finally {
    await drop();
  }
});
