import { daprModule, readPin } from '@muster/dev-env/tools';
import { moduleFiles } from './module-files.ts';

/** Dapr's own Helm chart and its version, for a cluster that has its images from Dapr's own registry. */
export async function ensureDapr(): Promise<{ daprChart: string; daprVersion: string }> {
  const { version } = await readPin(daprModule);
  return { daprChart: await moduleFiles(daprModule, 'charts/dapr'), daprVersion: version };
}
