import { AppError } from '@muster/contracts';
import { away } from '../sidecar/away.ts';
import type { Transport } from '../sidecar/transport.ts';
import { isMissing } from './is-missing.ts';
import { type SdkOptions, sdkBinding } from './sdk-binding.ts';

/** Objects behind a Dapr output binding (bindings.aws.s3). Bodies are held in memory whole: keep them to a few MiB. */
export interface Binding {
  create(o: { key: string; bytes: Uint8Array; contentType: string }): Promise<void>;
  /** The object's bytes; undefined when there is none under that key. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Deleting what is not there succeeds. */
  delete(key: string): Promise<void>;
}

const timeoutMs = 20_000;
const cannot = (cause: unknown): AppError =>
  cause instanceof AppError
    ? cause
    : new AppError('unavailable', 'The object store cannot be reached.', { cause, headers: { 'Retry-After': '2' } });

/**
 * Writes go through the SDK; reads do not, since it turns every answer into text, which ruins an image. Everything throws
 * AppError `unavailable` or `timeout` when store or sidecar is away.
 */
export function createBinding(transport: Transport, o: SdkOptions & { name: string }): Binding {
  const write = sdkBinding(o, o.name, timeoutMs);
  return {
    async create({ key, bytes, contentType }) {
      await write('create', { key, contentType }, Buffer.from(bytes).toString('base64')).catch((error) => {
        throw cannot(error);
      });
    },
    async get(key) {
      const body = JSON.stringify({ operation: 'get', metadata: { key } });
      const headers = { 'content-type': 'application/json' };
      const ask = async () => {
        const answer = await transport.request({
          method: 'POST',
          path: `/v1.0/bindings/${o.name}`,
          headers,
          body,
          timeoutMs,
        });
        return { status: answer.status, bytes: await answer.bytes() };
      };
      const { status, bytes } = await ask().catch((error) => {
        throw away(error, 'The object store');
      });
      if (status < 300) return bytes;
      const said = new TextDecoder().decode(bytes);
      if (isMissing(said)) return undefined;
      throw cannot(new Error(said.slice(0, 300)));
    },
    async delete(key) {
      await write('delete', { key }).catch((error) => {
        if (!isMissing(String(error))) throw cannot(error);
      });
    },
  };
}
