import { resolve } from 'node:path';
import { progressView } from '@muster/dev-env/tools';
import { givenCluster, testCluster } from './cluster.ts';
import { installDapr } from './dapr/install-dapr.ts';
import { down } from './down.ts';
import { requireKeda } from './keda/install-keda.ts';
import { clusterLayout } from './layout.ts';
import { smoke, smokeLayout } from './smoke/smoke.ts';
import { readState } from './state.ts';
import { printAccess, status } from './status.ts';
import { ensureClusterTools } from './tools/ensure-cluster-tools.ts';
import { ensureDapr } from './tools/ensure-dapr-chart.ts';
import { up } from './up.ts';

const usage = `usage: cli.ts <command>
  up [--no-dapr] [--keda]
                   a real one-node Kubernetes with Dapr, or say how to reach the one that runs
  down             end it; nothing of it stays but the built programs
  status           what runs and how to reach it
  load ARCHIVE     put the images of a docker-archive on the node
  tools            find or build the programs only
  smoke [--keda]   up, two pods with sidecars, down, and a look whether anything was left
With KUBE_CONTEXT set, up installs Dapr there when it is missing, and down leaves that cluster alone.`;

const context = process.env.KUBE_CONTEXT;
const layout = clusterLayout();
const view = progressView();

const commands: Record<string, (args: string[]) => Promise<boolean>> = {
  async up(args) {
    if (context) {
      const cluster = await givenCluster(context);
      await installDapr(cluster, await ensureDapr(), view.report);
      if (args.includes('--keda')) await requireKeda(cluster);
      console.log(`The cluster of ${context} answers and has Dapr.`);
      return true;
    }
    await up(view.report, { dapr: !args.includes('--no-dapr'), keda: args.includes('--keda') });
    view.end();
    const state = await readState(layout);
    if (state) printAccess(layout, state);
    return true;
  },
  async down() {
    if (context) console.log(`${context} is your own cluster and stays as it is.`);
    else await down();
    if (!context) console.log('The test cluster is down.');
    return true;
  },
  async status() {
    if (!context) return status();
    console.log(await (await givenCluster(context)).kubectl(['get', 'nodes,pods', '-A']));
    return true;
  },
  async load([archive]) {
    if (archive === undefined) throw new Error(usage);
    // Also with KUBE_CONTEXT set, which may well be this cluster's own.
    await (await testCluster(layout)).importImage?.(resolve(archive));
    return true;
  },
  async tools() {
    await ensureClusterTools(view.report);
    return true;
  },
  smoke: (args) => smoke(view.report, { keda: args.includes('--keda') }),
};

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  console.error(usage);
  process.exit(name === '' || name === 'help' || name === '--help' ? 0 : 2);
}
// A Ctrl-C in the middle of a start leaves nothing behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    view.end();
    console.log('\nstopping …');
    const end = name === 'up' && !context ? down() : name === 'smoke' ? down(smokeLayout) : Promise.resolve();
    end.finally(() => process.exit(130));
  });
}
try {
  process.exitCode = (await command(args)) ? 0 : 1;
} catch (error) {
  view.end();
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
