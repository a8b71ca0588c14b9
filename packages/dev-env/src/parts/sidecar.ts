import type { Resources } from '../dapr/write-resources.ts';
import type { ServicePorts } from '../env/ports.ts';
import { serviceSecrets } from '../env/secrets.ts';
import type { PartSpec } from '../process/part.ts';
import { answers } from '../process/wait-until.ts';
import type { ServiceDefinition } from '../services.ts';
import { NAMESPACE, type PartsContext, TRUST_DOMAIN } from './context.ts';
import { toFlags, trustAnchors } from './sentry.ts';

export interface SidecarOptions {
  /** Name of the part; a second process of a service has another one. */
  name: string;
  service: ServiceDefinition;
  ports: ServicePorts;
  program: () => Promise<string>;
  resources: () => Promise<Resources>;
}

/** One daprd with mTLS, access control and a health check of its app. */
export function sidecarPart(context: PartsContext, options: SidecarOptions): PartSpec {
  const { service, ports: own } = options;
  return {
    name: options.name,
    kind: 'sidecar',
    port: own.daprHttp,
    async command() {
      const { appApiToken, daprApiToken } = serviceSecrets(context.secrets, service.app);
      const { folder, configurationsOf } = await options.resources();
      return {
        file: await options.program(),
        args: [
          ...toFlags(flagsOf(context, options, folder)),
          ...configurationsOf(service.app).map((path) => `--config=${path}`),
        ],
        env: {
          NAMESPACE,
          // Otherwise the machine's outer address is announced.
          DAPR_HOST_IP: '127.0.0.1',
          DAPR_TRUST_ANCHORS: await trustAnchors(context.folder),
          APP_API_TOKEN: appApiToken,
          DAPR_API_TOKEN: daprApiToken,
          // Its heap is small, so that Go's default collects it all the time: a quarter of its work under load.
          GOGC: '400',
          GOMEMLIMIT: '512MiB',
        },
        cwd: context.folder.data,
      };
    },
    probe: () => answers(`http://127.0.0.1:${own.daprHttp}/v1.0/healthz/outbound`),
    stopSignal: 'SIGTERM',
    deathSignal: 'SIGKILL',
    graceMs: 8_000,
    startAttempts: 8,
  };
}

const flagsOf = (context: PartsContext, { service, ports: own }: SidecarOptions, resources: string) => ({
  'app-id': service.app,
  'app-port': own.http,
  'dapr-http-port': own.daprHttp,
  'dapr-grpc-port': own.daprGrpc,
  'dapr-internal-grpc-port': own.daprInternal,
  'dapr-internal-grpc-listen-address': '127.0.0.1',
  'dapr-listen-addresses': '127.0.0.1',
  'metrics-port': own.daprMetrics,
  'metrics-listen-address': '127.0.0.1',
  'resources-path': resources,
  'scheduler-host-address': `127.0.0.1:${context.ports.scheduler}`,
  'sentry-address': `127.0.0.1:${context.ports.sentry}`,
  'enable-mtls': true,
  'control-plane-trust-domain': TRUST_DOMAIN,
  'max-body-size': service.maxBodySize ?? '4Mi',
  ...(service.maxConcurrency === undefined ? {} : { 'app-max-concurrency': service.maxConcurrency }),
  // Two missed looks, a second apart: a dead app is noticed before many events fail, a busy one is left alone.
  'enable-app-health-check': true,
  'app-health-check-path': '/healthz',
  'app-health-probe-interval': 1,
  'app-health-probe-timeout': 900,
  'app-health-threshold': 2,
  'dapr-graceful-shutdown-seconds': 5,
});
