import type { EnvFolder } from '../env/env-folder.ts';
import type { Ports } from '../env/ports.ts';
import type { Secrets } from '../env/secrets.ts';

/** What every part of one environment is built from. */
export interface PartsContext {
  folder: EnvFolder;
  ports: Ports;
  secrets: Secrets;
  /** Data need not survive: skip what only protects it from a power cut while it is made. */
  throwaway: boolean;
}

export const TRUST_DOMAIN = 'muster.local';
/** Namespace of the sidecars, named by the access-control policies; in a cluster the release's namespace. */
export const NAMESPACE = 'muster';
export const BUCKET = 'muster-photos';
export const S3_REGION = 'us-east-1';

export const redisUrl = ({ ports, secrets }: Pick<PartsContext, 'ports' | 'secrets'>): string =>
  `redis://:${secrets.redisPassword}@127.0.0.1:${ports.redis}`;
