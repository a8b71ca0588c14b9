import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The last `count` lines of a file, without reading all of it; empty when there is no file. */
export function lastLines(path: string, count: number): string {
  try {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      const buffer = Buffer.alloc(Math.min(size, 400 * count + 4_096));
      readSync(file, buffer, 0, buffer.length, size - buffer.length);
      return buffer.toString('utf8').trimEnd().split('\n').slice(-count).join('\n');
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}
