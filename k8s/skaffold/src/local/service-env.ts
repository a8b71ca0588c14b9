import type { Cluster } from '@muster/testcluster';

interface Variable {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef?: { name: string; key: string; optional?: boolean } };
}

interface Deployment {
  spec: { template: { spec: { containers: { name: string; env?: Variable[] }[] } } };
}

/** The environment of a service's container as the cluster gives it, Secrets included. */
export async function serviceEnv(
  cluster: Pick<Cluster, 'kubectl'>,
  namespace: string,
  app: string,
): Promise<Record<string, string>> {
  const get = async <T>(what: string): Promise<T> =>
    JSON.parse(await cluster.kubectl(['-n', namespace, 'get', what, '-o', 'json'])) as T;
  const deployment = await get<Deployment>(`deployment/${app}`);
  const variables = deployment.spec.template.spec.containers.find(({ name }) => name === 'app')?.env ?? [];
  const env: Record<string, string> = {};
  for (const { name, value, valueFrom } of variables) {
    const from = valueFrom?.secretKeyRef;
    if (!from) {
      env[name] = value ?? '';
      continue;
    }
    const { data = {} } = await get<{ data?: Record<string, string> }>(`secret/${from.name}`);
    const secret = data[from.key];
    if (secret !== undefined) env[name] = Buffer.from(secret, 'base64').toString();
    else if (!from.optional) throw new Error(`The Secret ${from.name} has no key ${from.key}.`);
  }
  return env;
}
