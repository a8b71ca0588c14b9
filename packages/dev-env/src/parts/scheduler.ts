import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { PartSpec } from '../process/part.ts';
import { answers } from '../process/wait-until.ts';
import { type PartsContext, TRUST_DOMAIN } from './context.ts';
import { toFlags, trustAnchorsFile } from './sentry.ts';

/** Dapr's scheduler: keeps jobs in an etcd of its own. */
export function schedulerPart({ folder, ports }: PartsContext, program: () => Promise<string>): PartSpec {
  return {
    name: 'scheduler',
    kind: 'infrastructure',
    port: ports.scheduler,
    async command() {
      const scratch = join(folder.data, 'tmp');
      await mkdir(scratch, { recursive: true, mode: 0o700 });
      const flags = {
        port: ports.scheduler,
        'listen-address': '127.0.0.1',
        'override-broadcast-host-port': `127.0.0.1:${ports.scheduler}`,
        'etcd-data-dir': join(folder.data, 'scheduler'),
        'etcd-initial-cluster': `dapr-scheduler-server-0=http://localhost:${ports.schedulerPeer}`,
        'etcd-client-port': ports.schedulerEtcd,
        'healthz-port': ports.schedulerHealth,
        'healthz-listen-address': '127.0.0.1',
        'enable-metrics': false,
        'tls-enabled': true,
        'sentry-address': `127.0.0.1:${ports.sentry}`,
        'trust-domain': TRUST_DOMAIN,
        'trust-anchors-file': trustAnchorsFile(folder),
      };
      return {
        file: await program(),
        args: toFlags(flags), // It keeps its identity in the temporary folder, under a name that other schedulers use too.
        env: { NAMESPACE: 'default', TMPDIR: scratch },
        cwd: folder.data,
      };
    },
    probe: () => answers(`http://127.0.0.1:${ports.schedulerHealth}/healthz`),
    stopSignal: 'SIGTERM',
    // Killed outright it leaves a lease behind, and the next one waits 20 s for it to run out.
    deathSignal: 'SIGTERM',
    graceMs: 5_000,
  };
}
