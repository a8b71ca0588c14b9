import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LayerSpec } from '../archive/image-spec.ts';
import { sharedLibraries } from '../archive/shared-libraries.ts';
import { LIBRARIES, NODE } from '../bundle/collect-runtime.ts';

/** Nobody's user id, that of distroless images too: numeric, so that Kubernetes sees it is not root. */
export const NONROOT = '65532:65532';

const certificates = '/etc/ssl/certs/ca-certificates.crt';

/** What programs of a system look for and no program carries: users, where names are looked up, certificates, `/tmp`. */
export const systemLayer: LayerSpec = {
  texts: {
    '/etc/passwd': 'root:x:0:0:root:/:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/tmp:/sbin/nologin\n',
    '/etc/group': 'root:x:0:\nnonroot:x:65532:\n',
    '/etc/nsswitch.conf': 'hosts: files dns\n',
  },
  files: existsSync(certificates) ? { [certificates]: certificates } : {},
  folders: { '/tmp': 0o1777 },
};

/** Node and its libraries, as the layer under every service. `runtime` is the folder that `collectRuntime` wrote. */
export async function nodeLayer(runtime: string): Promise<LayerSpec> {
  const node = join(runtime, NODE);
  // Where the loader looks by itself, so that no variable has to say it.
  const libraries = Object.fromEntries((await sharedLibraries(node)).map((path) => [path, path]));
  return { files: { ...libraries, [`/${NODE}`]: node }, folders: { [`/${LIBRARIES}`]: 0o755 } };
}
