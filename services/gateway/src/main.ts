import { createSidecar } from '@muster/dapr';
import { connectIdentity } from '@muster/identity';
import { createLogger, loadConfig, runMain, startTracing } from '@muster/service-kit';
import { configSchema } from './config.ts';
import { createCors } from './edge/cors.ts';
import { createGate } from './limits/admit.ts';
import { createUpstream } from './proxy/upstream.ts';
import { routes } from './routes.ts';
import { startGateway } from './start-gateway.ts';

runMain(async () => {
  const config = loadConfig(configSchema, process.env);
  const log = createLogger({ service: 'gateway', level: config.LOG_LEVEL, format: config.LOG_FORMAT });
  await startTracing({ service: 'gateway', endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT, log });
  const sidecar = createSidecar({ httpPort: config.DAPR_HTTP_PORT, apiToken: config.DAPR_API_TOKEN, log });
  const identity = connectIdentity({ sidecar, issuer: config.JWT_ISSUER, audience: config.JWT_AUDIENCE, log });
  const upstream = createUpstream(`http://127.0.0.1:${config.DAPR_HTTP_PORT}`, config.UPSTREAM_TIMEOUT_MS);
  const gate = createGate(config, identity.verifier);
  const cors = createCors(config.CORS_ORIGINS);
  const end = async (): Promise<void> => {
    identity.stop();
    await sidecar.close();
  };
  await startGateway({ config, log, routes, sidecar, upstream, gate, cors }, { end });
});
