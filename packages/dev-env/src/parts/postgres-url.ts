import type { Ports } from '../env/ports.ts';
import { type Secrets, serviceSecrets } from '../env/secrets.ts';

/** URL of a service's own database as its own role; `postgres` gives the superuser on the `postgres` database. */
export function databaseUrl(ports: Ports, secrets: Secrets, service: string, database: string = service): string {
  const password =
    service === 'postgres' ? secrets.postgresPassword : serviceSecrets(secrets, service).databasePassword;
  return `postgres://${service}:${password}@127.0.0.1:${ports.postgres}/${database}`;
}
