import { AppError } from '@muster/contracts';
import type { Log } from '@muster/service-kit';
import { away } from '../sidecar/away.ts';
import type { Transport } from '../sidecar/transport.ts';

/** Objects behind a Dapr output binding (bindings.aws.s3). Bodies are held in memory whole: keep them to a few MiB. */
export interface Binding {
  create(o: { key: string; bytes: Uint8Array; contentType: string }): Promise<void>;
  /** The object's bytes; undefined when there is none under that key. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Deleting what is not there succeeds. */
  delete(key: string): Promise<void>;
}

const timeoutMs = 20_000;

export function createBinding(
  transport: Transport,
  o: { name: string; httpPort: number; apiToken?: string | undefined; log: Log },
): Binding {
  const send = async (
    operation: string,
    metadata: Record<string, string>,
    data?: string,
  ): Promise<Uint8Array | undefined> => {
    let status: number;
    let bytes: Uint8Array;
    try {
      const answer = await transport.request({
        method: 'POST',
        path: `/v1.0/bindings/${o.name}`,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ operation, metadata, ...(data !== undefined && { data }) }),
        timeoutMs,
      });
      status = answer.status;
      bytes = await answer.bytes();
    } catch (error) {
      throw away(error, 'The object store');
    }
    if (status < 300) return bytes;
    const text = new TextDecoder().decode(bytes);
    if (/NoSuchKey|NotFound|not found/i.test(text)) return undefined;
    throw new AppError('unavailable', 'The object store cannot be reached.', { cause: new Error(text.slice(0, 300)) });
  };
  return {
    async create({ key, bytes, contentType }) {
      await send('create', { key, contentType }, Buffer.from(bytes).toString('base64'));
    },
    get: (key) => send('get', { key }),
    async delete(key) {
      await send('delete', { key });
    },
  };
}
