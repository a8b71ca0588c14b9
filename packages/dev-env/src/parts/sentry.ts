import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnvFolder } from '../env/env-folder.ts';
import type { PartSpec } from '../process/part.ts';
import { answers } from '../process/wait-until.ts';
import { type PartsContext, TRUST_DOMAIN } from './context.ts';

const configuration = `apiVersion: dapr.io/v1alpha1
kind: Configuration
metadata:
  name: daprsystem
spec:
  mtls:
    enabled: true
    workloadCertTTL: 24h
    allowedClockSkew: 15m
`;

const credentials = (folder: EnvFolder): string => join(folder.data, 'sentry');

/** Dapr's certificate authority. It makes its root once and keeps it in the environment's folder. */
export function sentryPart({ folder, ports }: PartsContext, program: () => Promise<string>): PartSpec {
  const keys = credentials(folder);
  return {
    name: 'sentry',
    kind: 'infrastructure',
    port: ports.sentry,
    async command() {
      await mkdir(keys, { recursive: true, mode: 0o700 });
      const config = join(folder.data, 'sentry.yaml');
      await writeFile(config, configuration);
      const flags = {
        config,
        'issuer-credentials': keys,
        'trust-domain': TRUST_DOMAIN,
        port: ports.sentry,
        'listen-address': '127.0.0.1',
        'healthz-port': ports.sentryHealth,
        'healthz-listen-address': '127.0.0.1',
        'enable-metrics': false,
      };
      return { file: await program(), args: toFlags(flags), env: { NAMESPACE: 'default' }, cwd: folder.data };
    },
    probe: async () => existsSync(join(keys, 'ca.crt')) && answers(`http://127.0.0.1:${ports.sentryHealth}/healthz`),
    stopSignal: 'SIGTERM',
    deathSignal: 'SIGKILL',
    graceMs: 3_000,
  };
}

/** Text of the root certificate every sidecar is told to trust. */
export const trustAnchors = (folder: EnvFolder): Promise<string> => readFile(trustAnchorsFile(folder), 'utf8');
export const trustAnchorsFile = (folder: EnvFolder): string => join(credentials(folder), 'ca.crt');

/** `{port: 1}` → `--port=1`. */
export const toFlags = (flags: Record<string, string | number | boolean>): string[] =>
  Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
