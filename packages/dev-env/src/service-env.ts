import type { Ports, ServicePorts } from './env/ports.ts';
import { type Secrets, serviceSecrets } from './env/secrets.ts';
import { databaseUrl } from './parts/postgres-url.ts';
import type { ServiceDefinition } from './services.ts';

/** What a service's own variables may be built from. */
export interface ServiceContext {
  ports: Ports;
  secrets: Secrets;
  admin: { email: string; password: string };
  redisUrl: string;
  s3: Record<'S3_ENDPOINT' | 'S3_ACCESS_KEY' | 'S3_SECRET_KEY' | 'S3_REGION' | 'S3_BUCKET', string>;
  /** Base URLs of every process of `app`, without a slash at the end; empty when it does not run here. */
  urlsOf(app: string): string[];
}

/** Hours and name of the site everybody belongs to before someone says otherwise. */
export interface DefaultSite {
  name: string;
  /** IANA zone. */
  zone: string;
}

/** The whole environment of one service process, as `CONTRIBUTING.md` lists it. */
export function serviceEnv(
  service: ServiceDefinition,
  own: ServicePorts,
  context: ServiceContext,
  site: DefaultSite,
): Record<string, string> {
  const { secrets, ports } = context;
  const { appApiToken, daprApiToken } = serviceSecrets(secrets, service.app);
  return {
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PORT: String(own.http),
    LOG_LEVEL: 'info',
    LOG_FORMAT: 'json',
    DAPR_HTTP_PORT: String(own.daprHttp),
    APP_API_TOKEN: appApiToken,
    DAPR_API_TOKEN: daprApiToken,
    JWT_ISSUER: 'https://muster.local',
    JWT_AUDIENCE: 'muster',
    MUSTER_DEFAULT_SITE: secrets.defaultSite,
    MUSTER_DEFAULT_SITE_NAME: site.name,
    MUSTER_DEFAULT_SITE_ZONE: site.zone,
    PUBSUB_PROBE_ADDRESS: `127.0.0.1:${ports.redis}`,
    ...(service.database && { DATABASE_URL: databaseUrl(ports, secrets, service.app), DATABASE_POOL_MAX: '20' }),
    ...service.env?.(context),
  };
}
