import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { progressView, repoRoot } from '@muster/dev-env/tools';
import { clusterLayout, testCluster } from '@muster/testcluster';
import { ensureSkaffold } from './ensure-skaffold.ts';
import { startRegistry } from './registry/start-registry.ts';

const usage = `usage: cli.ts dev|run|delete|… [options of Skaffold]
The pinned Skaffold, on the test cluster with a registry it can pull from, or on the cluster of KUBE_CONTEXT
with your own kubectl, helm and docker.`;

const args = process.argv.slice(2);
// Polling looks at the files that count; the other way would watch every folder of node_modules.
const habits = {
  SKAFFOLD_UPDATE_CHECK: 'false',
  SKAFFOLD_INTERACTIVE: 'false',
  SKAFFOLD_TRIGGER: 'polling',
  SKAFFOLD_WATCH_POLL_INTERVAL: '300',
};
if (args.length === 0) {
  console.error(usage);
  process.exit(2);
}
const view = progressView();
try {
  const skaffold = await ensureSkaffold(view.report);
  view.end();
  process.exitCode = await run(skaffold);
} catch (error) {
  view.end();
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function run(skaffold: string): Promise<number> {
  const context = process.env.KUBE_CONTEXT;
  // What only takes away builds nothing: it must not ask for the port of a `dev` that still runs.
  const registry = context || args[0] === 'delete' ? undefined : await startRegistry();
  try {
    const surroundings = context ? { SKAFFOLD_KUBE_CONTEXT: context } : await inTestCluster(registry);
    return await start(skaffold, { ...habits, ...surroundings });
  } finally {
    registry?.stop();
  }
}

async function inTestCluster(registry?: { repository: string; folder: string }): Promise<NodeJS.ProcessEnv> {
  const { context, kubeconfig } = await testCluster();
  const layout = clusterLayout();
  return {
    KUBECONFIG: kubeconfig,
    PATH: [layout.bin, dirname(process.execPath), process.env.PATH].join(':'),
    SKAFFOLD_KUBE_CONTEXT: context,
    ...(registry && { MUSTER_REGISTRY_FOLDER: registry.folder, SKAFFOLD_DEFAULT_REPO: registry.repository }),
    SKAFFOLD_CACHE_FILE: join(layout.root, 'skaffold-cache'),
  };
}

/** Ctrl-C reaches Skaffold too, which then takes its releases away; we wait for it. */
function start(skaffold: string, env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(skaffold, args, { cwd: repoRoot, stdio: 'inherit', env: { ...process.env, ...env } });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (signal === 'SIGTERM') child.kill(signal);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
