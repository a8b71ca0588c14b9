import { get, kubectl } from './cluster.ts';
import { until } from './until.ts';

export interface Pod {
  name: string;
  ip: string;
  ready: boolean;
  ending: boolean;
  /** How often the app's container was started again, and the sidecar's; undefined where there is no sidecar. */
  restarts: { app: number; sidecar: number | undefined };
}

const selector = (service?: string): string =>
  ['app.kubernetes.io/component=service', ...(service ? [`app.kubernetes.io/name=${service}`] : [])].join(',');

// biome-ignore lint/suspicious/noExplicitAny: a pod as the API server tells it.
function readPod({ metadata, status }: any): Pod {
  const statuses: { name: string; restartCount: number }[] = [
    ...(status.initContainerStatuses ?? []),
    ...(status.containerStatuses ?? []),
  ];
  const restartsOf = (container: string) => statuses.find(({ name }) => name === container)?.restartCount;
  return {
    name: metadata.name,
    ip: status.podIP,
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    ready: status.conditions?.some((one: any) => one.type === 'Ready' && one.status === 'True') ?? false,
    ending: metadata.deletionTimestamp !== undefined,
    restarts: { app: restartsOf('app') ?? 0, sidecar: restartsOf('daprd') },
  };
}

/** The pods of one service or of all, those on their way out included. */
export async function listPods(service?: string): Promise<Pod[]> {
  const { items } = await get(['pods', '--selector', selector(service)]);
  return items.map(readPod);
}

/** The ready pods that stay. */
export const servingPods = async (service?: string): Promise<Pod[]> =>
  (await listPods(service)).filter((pod) => pod.ready && !pod.ending);

/** Waits until no pod of the service is on its way in or out and as many serve as its Deployment wants. */
export function settled(service: string): Promise<Pod[]> {
  return until(
    `the pods of ${service} settle`,
    async () => {
      const wanted = (await get(['deployment', service])).spec.replicas as number;
      const pods = await listPods(service);
      return pods.length === wanted && pods.every((pod) => pod.ready && !pod.ending) ? pods : undefined;
    },
    180_000,
  );
}

/** Runs a module in a pod's app container, where Node is, and reads what it prints as JSON. */
export async function runIn<T>(pod: string, script: string): Promise<T> {
  const node = ['node', '--input-type=module', '--eval', script];
  return JSON.parse(await kubectl(['exec', pod, '--container', 'app', '--', ...node])) as T;
}
