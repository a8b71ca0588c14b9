import { currentCluster } from '@muster/testcluster';
import { runLocally } from './run-locally.ts';

// `make k8s-local S=attendance`: one service on this machine, the rest in the cluster.
const [app] = process.argv.slice(2);
const namespace = process.env.MUSTER_NAMESPACE ?? 'muster-dev';
if (!app) {
  console.error('usage: main.ts SERVICE (the namespace is MUSTER_NAMESPACE, by default muster-dev)');
  process.exit(2);
}
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
try {
  await runLocally(await currentCluster(), namespace, app, stop.signal);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
