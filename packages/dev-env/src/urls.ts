import type { Ports } from './env/ports.ts';
import type { Secrets } from './env/secrets.ts';
import { redisUrl } from './parts/context.ts';

/** Where everything answers, without a slash at the end. */
export interface Urls {
  /** The one public door, or the only service when there is no gateway. */
  platform: string;
  /** First process of each service, past its sidecar. */
  services: Record<string, string>;
  /** HTTP port of each first sidecar. */
  sidecars: Record<string, string>;
  /** Prometheus metrics of each first sidecar. */
  sidecarMetrics: Record<string, string>;
  s3: string;
  /** Page with the mails that were sent; `/api/mails?to=` as JSON. */
  mail: string;
  redis: string;
  /** Superuser. */
  postgres: string;
}

export function urlsOf(ports: Ports, secrets: Secrets): Urls {
  const at = (pick: 'http' | 'daprHttp' | 'daprMetrics') =>
    Object.fromEntries(Object.entries(ports.services).map(([app, own]) => [app, `http://127.0.0.1:${own[pick]}`]));
  const services = at('http');
  return {
    platform: services.gateway ?? Object.values(services)[0] ?? '',
    services,
    sidecars: at('daprHttp'),
    sidecarMetrics: at('daprMetrics'),
    s3: `http://127.0.0.1:${ports.s3}`,
    mail: `http://127.0.0.1:${ports.mail}`,
    redis: redisUrl({ ports, secrets }),
    postgres: `postgres://postgres:${secrets.postgresPassword}@127.0.0.1:${ports.postgres}/postgres`,
  };
}
