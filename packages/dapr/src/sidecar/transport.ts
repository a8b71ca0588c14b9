import { Pool } from 'undici';

export interface SidecarRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  timeoutMs: number;
}

export interface SidecarAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  bytes(): Promise<Uint8Array>;
  text(): Promise<string>;
}

/** One keep-alive pool to the sidecar's HTTP port. Every request has a limit; the answer's body must be read. */
export interface Transport {
  request(o: SidecarRequest): Promise<SidecarAnswer>;
  close(): Promise<void>;
}

/** undici rather than the SDK or `fetch`: a limit per request, status and headers of the answer, bytes as they are. */
export function createTransport(o: { httpPort: number; apiToken?: string | undefined }): Transport {
  const pool = new Pool(`http://127.0.0.1:${o.httpPort}`, {
    connections: 32,
    connect: { timeout: 2000 },
    // A failed bulk publish repeats all its entries in one response header, far over the default of 16 KiB.
    maxHeaderSize: 4 * 1024 * 1024,
  });
  const token: Record<string, string> = o.apiToken ? { 'dapr-api-token': o.apiToken } : {};
  return {
    async request({ method, path, headers, body, timeoutMs }) {
      const answer = await pool.request({
        method,
        path,
        headers: { ...headers, ...token },
        body: body ?? null,
        signal: AbortSignal.timeout(timeoutMs),
      });
      return {
        status: answer.statusCode,
        headers: answer.headers,
        bytes: async () => new Uint8Array(await answer.body.arrayBuffer()),
        text: () => answer.body.text(),
      };
    },
    close: () => pool.destroy(),
  };
}
