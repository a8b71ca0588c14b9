import { resolve } from 'node:path';

/** The clone this code runs from. */
export const repoRoot = resolve(import.meta.dirname, '../../../..');
