import type { ServiceDefinition } from '../services.ts';
import type { EnvFolder } from './env-folder.ts';
import { readJson, writeJson } from './keep-json.ts';
import { fixedPorts, freePort, freePorts, freeServicePorts, type Ports } from './ports.ts';

/** The environment's ports: fixed, or chosen once and kept. New services get theirs beside the old ones. */
export async function keepPorts(
  folder: EnvFolder,
  services: readonly ServiceDefinition[],
  choice: 'fixed' | 'free',
): Promise<Ports> {
  const known = choice === 'free' ? await readJson<Ports>(folder.ports) : undefined;
  const ports = choice === 'fixed' ? fixedPorts(services) : (known ?? (await freePorts(services)));
  // An environment of before these parts came gets theirs, too.
  for (const part of ['smtp', 'mail'] as const) ports[part] ??= await freePort();
  for (const { app } of services) ports.services[app] ??= await freeServicePorts();
  await writeJson(folder.ports, ports);
  return ports;
}
