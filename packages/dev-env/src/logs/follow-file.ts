import { open, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const lookEveryMs = 200;

/** Calls `onLine` for every line written from now on, also after the file was emptied. Ends with `signal`. */
export async function followFile(path: string, onLine: (line: string) => void, signal?: AbortSignal): Promise<void> {
  let read = await sizeOf(path);
  let rest = '';
  while (!signal?.aborted) {
    const size = await sizeOf(path);
    if (size < read) read = 0;
    if (size > read) {
      const file = await open(path, 'r');
      const { bytesRead, buffer } = await file.read(Buffer.alloc(size - read), 0, size - read, read);
      await file.close();
      read += bytesRead;
      const lines = (rest + buffer.toString('utf8', 0, bytesRead)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    }
    await sleep(lookEveryMs);
  }
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );
