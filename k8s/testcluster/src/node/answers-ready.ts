import { readFile } from 'node:fs/promises';
import { get } from 'node:https';
import { join } from 'node:path';
import type { Layout } from '../layout.ts';

/** Does the API server say that it is ready? */
export async function answersReady(layout: Layout, port: number): Promise<boolean> {
  const ca = await readFile(join(layout.pki, 'ca.crt'));
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/readyz', ca, timeout: 2_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}
