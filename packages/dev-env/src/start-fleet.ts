import { isPortFree } from './env/ports.ts';
import type { Fleet } from './fleet.ts';
import { lastLines } from './logs/last-lines.ts';
import type { PlatformOptions } from './options.ts';
import type { Part } from './process/part.ts';
import { answers, waitUntil } from './process/wait-until.ts';

// Building Dapr's programs is not counted: it happens before.
const readyWithinMs = 120_000;

/** Starts everything, each part as soon as what it needs is there. The first failure ends the wait for the others. */
export async function startFleet(fleet: Fleet, options: PlatformOptions): Promise<void> {
  const part = (name: string): Part => fleet.parts.get(name) as Part;
  await refuseTakenPorts(fleet);
  const postgres = part('postgres').start();
  const redis = part('redis').start();
  const mail = part('mail').start();
  const resources = fleet.resources().then((it) => it.writeAddresses(fleet.addresses()));
  const tools = fleet.tools();
  const s3 = tools.then(() => part('s3').start());
  const sentry = tools.then(() => part('sentry').start());
  const scheduler = sentry.then(() => part('scheduler').start());
  const services = fleet.services.map(({ app }) => postgres.then(() => part(app).start()));
  // A sidecar without Redis would start without pub/sub, and one without its app waits anyway.
  const sidecars = fleet.services.map(({ app }) =>
    Promise.all([redis, sentry, s3, resources]).then(() => part(`${app}-dapr`).start()),
  );
  await Promise.all([postgres, redis, mail, resources, s3, scheduler, ...services, ...sidecars]);
  await Promise.all(fleet.services.map(({ app }) => untilItServes(fleet, app)));
  for (const [app, count] of Object.entries(options.replicas ?? {})) {
    for (let process = 1; process < count; process++) await fleet.addReplica(app);
  }
}

/** Process and sidecar each answer by now; this waits until they work together. */
async function untilItServes(fleet: Fleet, app: string): Promise<void> {
  const own = fleet.processes.get(app)?.[0];
  if (!own) return;
  const log = () => lastLines(fleet.parts.get(app)?.logFile ?? '', 15);
  const complain = (error: Error) => {
    throw new Error(`${error.message}; its log ends:\n${log()}`);
  };
  const sidecar = () => answers(`http://127.0.0.1:${own.daprHttp}/v1.0/healthz`);
  await waitUntil(`the sidecar of ${app}`, sidecar, readyWithinMs).catch(complain);
  await waitUntil(`${app} (/readyz)`, () => answers(`http://127.0.0.1:${own.http}/readyz`), readyWithinMs).catch(
    complain,
  );
}

async function refuseTakenPorts(fleet: Fleet): Promise<void> {
  const taken: string[] = [];
  for (const part of fleet.parts.values()) {
    if (part.state === 'stopped' && !(await isPortFree(part.port))) taken.push(`${part.port} (${part.name})`);
  }
  if (taken.length === 0) return;
  throw new Error(
    `These ports are taken by another program: ${taken.join(', ')}.\n` +
      'End it (`ss -ltnp` shows who it is), or let Muster choose: MUSTER_PORTS=free make up',
  );
}

/** Ends everything: doors first, then what they lean on. `force` kills all at once, for data nobody will read again. */
export async function stopFleet(fleet: Fleet, force: boolean): Promise<void> {
  const parts = [...fleet.parts.values()];
  const stop = (chosen: Part[]) => Promise.all(chosen.map((part) => part.stop({ force })));
  if (force) {
    await stop(parts);
  } else {
    const services = parts.filter(({ kind }) => kind === 'service');
    // The gateway finishes its requests while those behind it still answer.
    await stop(services.filter(({ name }) => name.startsWith('gateway')));
    await stop(services);
    await stop(parts.filter(({ kind }) => kind === 'sidecar'));
    await stop(parts);
  }
  for (const balancer of fleet.balanced.values()) await balancer.close();
  fleet.balanced.clear();
}
