import { createClient, keepSending, openPunchQueue } from '@muster/client';
import { openFileStorage } from '@muster/client/file-storage';

/** A kiosk that works without a network: what was punched is in the file, and is sent when it can be. */
export function startKiosk(origin: string, deviceToken: string, file: string) {
  const client = createClient({ origin, credentials: { deviceToken } });
  const queue = openPunchQueue({ client, storage: openFileStorage(file), isKiosk: true });
  const sending = keepSending(queue, { onError: (error) => console.warn(String(error)) });
  return {
    async punch(employeeId: string, type: 'IN' | 'OUT'): Promise<void> {
      await queue.punch({ employeeId, type });
      sending.wake();
    },
    /** What somebody should look at: conflicts, and what was not kept. */
    troubles: () => queue.troubles(),
    async stop(): Promise<void> {
      await sending.stop();
      await queue.close();
    },
  };
}
