import { AppError } from '@muster/contracts';
import type { Log } from '@muster/service-kit';

export interface SdkOptions {
  httpPort: number;
  apiToken?: string | undefined;
  log: Log;
}

type Send = (operation: string, metadata: Record<string, string>, data?: string) => Promise<unknown>;

/** Loads the SDK (0.3 s and 40 MB, so only for a service with a binding) and connects it to the sidecar. */
async function connect(o: SdkOptions) {
  const { CommunicationProtocolEnum, DaprClient } = await import('@dapr/dapr');
  const quiet = { debug: () => {}, verbose: () => {}, info: () => {} };
  const warn = (message: unknown) => o.log.warn({ sdk: String(message) }, 'Dapr SDK');
  return new DaprClient({
    daprHost: '127.0.0.1',
    daprPort: String(o.httpPort),
    communicationProtocol: CommunicationProtocolEnum.HTTP,
    ...(o.apiToken && { daprApiToken: o.apiToken }),
    logger: { service: { ...quiet, warn, error: warn } },
  });
}

/** Output binding by the SDK, with the limit that the SDK lacks: past it the caller goes on, the request may still arrive. */
export function sdkBinding(o: SdkOptions, name: string, timeoutMs: number): Send {
  const client = connect(o);
  client.catch(() => undefined);
  return async (operation, metadata, data) => {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new AppError('timeout', 'The object store took too long.')), timeoutMs);
    try {
      return await Promise.race([(await client).binding.send(name, operation, data, metadata), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
