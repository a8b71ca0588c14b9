import { startBalancer } from './balancer.ts';
import { freeServicePorts } from './env/ports.ts';
import type { Fleet } from './fleet.ts';
import type { Replica } from './platform.ts';

/**
 * One more process of `app`. Sidecars are told one address per app, so its first sidecar gives that address to a
 * balancer and moves to another port: it restarts once, when the second process joins.
 */
export async function addReplica(fleet: Fleet, app: string): Promise<Replica> {
  const definition = fleet.services.find((service) => service.app === app);
  const processes = fleet.processes.get(app);
  const first = processes?.[0];
  if (!definition || !first) throw new Error(`no service called ${app} in this platform`);

  if (!fleet.balanced.has(app)) {
    const address = first.daprInternal;
    const sidecar = fleet.parts.get(`${app}-dapr`);
    const wasRunning = sidecar?.state !== 'stopped';
    await sidecar?.stop();
    first.daprInternal = (await freeServicePorts()).daprInternal;
    fleet.balanced.set(app, await startBalancer(address, [first.daprInternal]));
    if (wasRunning) await sidecar?.start();
  }

  const ports = await freeServicePorts();
  const name = `${app}-${processes.length + 1}`;
  const { service, sidecar } = fleet.addService(definition, name, ports);
  await Promise.all([service.start(), sidecar.start()]);
  fleet.balanced.get(app)?.targets.push(ports.daprInternal);
  return { name, url: `http://127.0.0.1:${ports.http}`, service, sidecar, ports };
}
