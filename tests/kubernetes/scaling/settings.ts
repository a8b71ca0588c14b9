import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repoRoot } from '@muster/dev-env';
import { helm, release } from '../src/release.ts';
import type { Kind, Options } from './options.ts';

const chart = join(repoRoot, 'charts/muster');

async function upgrade(values: unknown, args: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-scaling-'));
  try {
    const file = join(folder, 'values.json');
    await writeFile(file, JSON.stringify(values));
    await helm(['upgrade', release, chart, ...args, '--values', file, '--wait', '--timeout', '4m']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The release as it is, but attendance scaled in this way, small pods, and no limits that are not what is looked at. */
export const scaleBy = (kind: Kind, o: Options): Promise<void> =>
  upgrade(
    {
      gateway: { env: { RATE_LIMIT_PER_USER_PER_MINUTE: '0', RATE_LIMIT_PER_ADDRESS_PER_MINUTE: '0' } },
      auth: { env: { BCRYPT_COST: '4', HASH_QUEUE_MAX: '2000' } },
      attendance: {
        // The lead time reaches the next quarter of an hour whenever that is: nobody waits for the clock.
        env: {
          SCALING_LEAD_SECONDS: '1800',
          SCALING_PEAK_FACTOR: '1',
          SCALING_PUNCHES_PER_POD: String(o.rate / o.most),
        },
        resources: { requests: { cpu: `${o.cpuMillis}m` }, limits: { cpu: `${o.cpuMillis}m` } },
        // With so little processor a start takes its time.
        probes: { startupSeconds: 240 },
        autoscaling: {
          kind,
          minReplicas: 1,
          maxReplicas: o.most,
          behavior: {
            scaleDown: {
              stabilizationWindowSeconds: 15,
              policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
            },
          },
        },
      },
    },
    ['--reset-then-reuse-values'],
  );

/** Notes the release's values; the function it gives puts them back. */
export async function keepValues(): Promise<() => Promise<void>> {
  const values = JSON.parse(await helm(['get', 'values', release, '--output', 'json'])) ?? {};
  return () => upgrade(values, ['--reset-values']);
}
