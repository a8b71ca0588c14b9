/** A Dapr or Kubernetes object as it is written to YAML. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  [key: string]: unknown;
}

type MetadataValue = string | { secretKeyRef: { name: string; key: string } };

/** A value that comes from a secret of the cluster, or of the local store that goes by the same name. */
export const secret = (name: string, key: string): MetadataValue => ({ secretKeyRef: { name, key } });

/** Component metadata in Dapr's list form. */
export const metadata = (values: Record<string, MetadataValue>): object[] =>
  Object.entries(values).map(([name, value]) => (typeof value === 'string' ? { name, value } : { name, ...value }));
