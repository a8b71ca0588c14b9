import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { type Cluster, startCluster } from './cluster/start-cluster.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Answers GET with the URL of the run's PostgreSQL, which is started by the first question. */
    postgresBroker: string;
  }
}

/**
 * One PostgreSQL per vitest run, started when the first test file asks for a database: a run without databases pays
 * nothing. `TEST_POSTGRES_URL` names a server to use instead.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_POSTGRES_URL;
  let cluster: Promise<Cluster> | undefined;
  const server = createServer((_request, response) => {
    if (given !== undefined) return void response.end(given);
    cluster ??= startCluster();
    cluster.then(
      ({ url }) => response.end(url),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // vitest must be able to end even when nobody calls the teardown.
  server.unref();
  project.provide('postgresBroker', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return async () => {
    server.close();
    server.closeAllConnections();
    await cluster?.then(
      (started) => started.stop(),
      () => {},
    );
  };
}
