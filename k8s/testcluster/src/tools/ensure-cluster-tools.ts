import { helmModule } from '@muster/charts/helm';
import { daprModule, ensureModule, findDapr, type Report } from '@muster/dev-env/tools';
import { ensureDapr } from './ensure-dapr-chart.ts';
import { daprControlPlaneModule, kubernetesModule } from './modules.ts';

/** Absolute paths of what a cluster is made of. */
export interface ClusterTools {
  kubernetes: string;
  pause: string;
  forward: string;
  helm: string;
  crane: string;
  daprd: string;
  daprControlPlane: string;
  daprChart: string;
  daprVersion: string;
}

/** Finds or builds every program; the first time takes ten minutes and more on two cores, which `report` shows. */
export async function ensureClusterTools(report: Report): Promise<ClusterTools> {
  const kubernetes = await ensureModule(kubernetesModule, report);
  const { helm } = await ensureModule(helmModule, report);
  const controlPlane = await ensureModule(daprControlPlaneModule, report);
  const { daprd } = await ensureModule(daprModule, report, findDapr);
  return {
    ...(kubernetes as Pick<ClusterTools, 'kubernetes' | 'pause' | 'forward' | 'crane'>),
    helm: helm as string,
    daprd: daprd as string,
    daprControlPlane: controlPlane['dapr-control-plane'] as string,
    ...(await ensureDapr()),
  };
}
