import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Cluster, currentCluster } from '@muster/testcluster';

/** Where Muster is installed for the tests: the namespace of k8s/namespace.yaml. */
export const namespace = 'muster';

let found: Promise<Cluster> | undefined;

/** The test cluster, or `KUBE_CONTEXT`'s. */
export const cluster = (): Promise<Cluster> => (found ??= currentCluster());

/** Runs kubectl in the namespace; throws with what it complained. */
export async function kubectl(args: readonly string[], input?: string): Promise<string> {
  return (await cluster()).kubectl(['--namespace', namespace, ...args], input);
}

/** What kubectl knows of it, as an object. */
// biome-ignore lint/suspicious/noExplicitAny: manifests of a dozen kinds; a wrong path fails the assertion that took it.
export async function get(args: readonly string[]): Promise<any> {
  return JSON.parse(await kubectl(['get', ...args, '--output', 'json']));
}

/**
 * Puts an archive of images where pods find them. A cluster of one's own names its way in `LOAD_IMAGES`, to which the file is
 * appended (`kind load image-archive --name muster`); `LOAD_IMAGES=true` when the images are there already.
 */
export async function loadImages(archive: string): Promise<void> {
  const { importImage } = await cluster();
  if (importImage) return importImage(archive);
  const [command, ...args] = (process.env.LOAD_IMAGES ?? '').split(' ').filter(Boolean);
  if (command === undefined) {
    throw new Error('KUBE_CONTEXT is set: say in LOAD_IMAGES how images get there, e.g. `kind load image-archive`.');
  }
  await promisify(execFile)(command, [...args, archive]);
}

/** Where node port 30080, the gateway of k8s/trial-values.yaml, answers on this machine. */
export async function frontDoor(): Promise<string> {
  const url = (await cluster()).frontDoor ?? process.env.FRONT_DOOR;
  if (!url) throw new Error('KUBE_CONTEXT is set: say in FRONT_DOOR where its node port 30080 answers, as a URL.');
  return url;
}
