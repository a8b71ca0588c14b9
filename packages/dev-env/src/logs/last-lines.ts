import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

/** The last `count` lines of a file, of those after byte `from`, without reading all of it; empty without a file. */
export function lastLines(path: string, count: number, from = 0): string {
  try {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      const buffer = Buffer.alloc(Math.min(Math.max(size - from, 0), 400 * count + 4_096));
      readSync(file, buffer, 0, buffer.length, size - buffer.length);
      return buffer.toString('utf8').trimEnd().split('\n').slice(-count).join('\n');
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

/** Bytes in a file, 0 when there is none. */
export const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
