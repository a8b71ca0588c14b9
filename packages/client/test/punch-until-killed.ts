// Punches and sends as fast as it can until it is killed. A number is printed once its punch is durable.
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '../src/create-client.ts';
import { openPunchQueue } from '../src/queue/open-punch-queue.ts';
import { openFileStorage } from '../src/storage/file-storage.ts';

const [file = '', origin = '', round = ''] = process.argv.slice(2);
const client = createClient({ origin, credentials: { deviceToken: 'msd_1' }, backoffMs: 1, timeoutMs: 2_000 });
const queue = openPunchQueue({ client, storage: openFileStorage(file), batch: 5 });

async function send(): Promise<never> {
  for (;;) {
    await queue.flush().catch(() => {});
    await sleep(1);
  }
}

void send();
for (let n = 0; ; n += 1) {
  await queue.punch({ type: n % 2 === 0 ? 'IN' : 'OUT', notes: `${round}-${n}` });
  writeSync(1, `${round}-${n}\n`);
}
