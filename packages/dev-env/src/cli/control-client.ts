import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import type { PartStatus } from '../platform.ts';
import type { Progress } from '../progress.ts';

export interface SupervisorStatus {
  pid: number;
  /** Everything was started. */
  ready: boolean;
  name: string;
  folder: string;
  url: string;
  /** Page with the mails that were sent. */
  mailUrl: string;
  admin: { email: string; password: string };
  parts: PartStatus[];
}

/** How the start went. */
export interface Outcome {
  ok: boolean;
  message?: string;
}

/** Asks the supervisor; undefined when none answers at this socket. Throws what it complains about. */
export async function askSupervisor<T>(path: string, method: 'GET' | 'POST', url: string): Promise<T | undefined> {
  const response = await open(path, method, url);
  if (!response) return undefined;
  let text = '';
  for await (const chunk of response) text += chunk;
  const body = JSON.parse(text || '{}') as T & { message?: string };
  if ((response.statusCode ?? 500) >= 400)
    throw new Error(body.message ?? `the supervisor said ${response.statusCode}`);
  return body;
}

/** Follows a start from its beginning. Undefined when no supervisor answers. */
export async function followStart(
  path: string,
  onProgress: (progress: Progress) => void,
): Promise<Outcome | undefined> {
  const response = await open(path, 'GET', '/events');
  if (!response) return undefined;
  for await (const line of createInterface({ input: response })) {
    const entry = JSON.parse(line) as Progress | Outcome;
    if ('ok' in entry) return entry;
    onProgress(entry);
  }
  return { ok: false, message: 'the supervisor ended' };
}

function open(path: string, method: string, url: string): Promise<IncomingMessage | undefined> {
  return new Promise((resolve) => {
    const asked = request({ socketPath: path, method, path: url, headers: { connection: 'close' } }, resolve);
    asked.once('error', () => resolve(undefined));
    asked.end();
  });
}
