import { createSidecar } from '@muster/dapr';
import { connectIdentity } from '@muster/identity';
import { createLogger, loadConfig, runMain, startTracing } from '@muster/service-kit';
import { createCircuits } from './circuit/create-circuits.ts';
import { configSchema } from './config.ts';
import { createCors } from './edge/cors.ts';
import { createGate } from './limits/admit.ts';
import { connectRedis } from './limits/connect-redis.ts';
import { createShed } from './proxy/create-shed.ts';
import { createTimeLimits } from './proxy/time-limits.ts';
import { createUpstream } from './proxy/upstream.ts';
import { appsOf, routes } from './routes.ts';
import { startGateway } from './start-gateway.ts';

runMain(async () => {
  const config = loadConfig(configSchema, process.env);
  const log = createLogger({ service: 'gateway', level: config.LOG_LEVEL, format: config.LOG_FORMAT });
  await startTracing({ service: 'gateway', endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT, log });
  const sidecar = createSidecar({ httpPort: config.DAPR_HTTP_PORT, apiToken: config.DAPR_API_TOKEN, log });
  const identity = connectIdentity({ sidecar, issuer: config.JWT_ISSUER, audience: config.JWT_AUDIENCE, log });
  const upstream = createUpstream(`http://127.0.0.1:${config.DAPR_HTTP_PORT}`, config.UPSTREAM_TIMEOUT_MS);
  const redis = config.REDIS_URL ? connectRedis(config.REDIS_URL, log) : undefined;
  const gate = createGate(config, identity.verifier, redis);
  const circuits = createCircuits(config, appsOf(routes), log);
  const shed = createShed(config.SIGN_IN_PAUSE_MS);
  const timeouts = createTimeLimits(config.UPSTREAM_TIMEOUTS, config.UPSTREAM_TIMEOUT_MS);
  const cors = createCors(config.CORS_ORIGINS);
  const end = async (): Promise<void> => {
    identity.stop();
    redis?.close();
    await sidecar.close();
  };
  await startGateway({ config, log, routes, sidecar, upstream, gate, circuits, timeouts, shed, cors }, { end });
});
