import { AppError } from '@muster/contracts';
import pLimit from 'p-limit';
import type { PhotoWorkshop } from '../deps.ts';
import { processPhoto } from './process-photo.ts';

export interface WorkshopOptions {
  /** Images decoded at one time; each takes a core. */
  atOnce: number;
  /** Uploads held in memory at one time, each up to 10 MiB. Beyond that they are refused. */
  uploads: number;
}

/**
 * Bounds what photos may cost: a crowd of uploads gets `overloaded` at once instead of taking memory and processors from
 * everybody else.
 */
export function createWorkshop({ atOnce, uploads }: WorkshopOptions): PhotoWorkshop {
  const decode = pLimit(atOnce);
  let admitted = 0;
  return {
    async admit(upload) {
      if (admitted >= uploads) {
        throw new AppError('overloaded', 'Too many photos are being uploaded just now.', {
          headers: { 'Retry-After': '2' },
        });
      }
      admitted += 1;
      try {
        return await upload();
      } finally {
        admitted -= 1;
      }
    },
    process: (bytes) => decode(() => processPhoto(bytes)),
  };
}
