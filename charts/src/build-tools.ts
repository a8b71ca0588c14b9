import { ensureModule } from '@muster/dev-env/tools';
import { helmModule } from './helm-module.ts';
import { kubeScoreModule } from './kube-score-module.ts';

/** Before the tests: Helm and kube-score are built once into the cache, a minute on a machine that never did. */
export default async function buildTools(): Promise<void> {
  for (const module of [helmModule, kubeScoreModule]) {
    let told = false;
    const paths = await ensureModule(module, ({ detail }) => {
      if (!told) console.log(`${module.name}: ${detail}`);
      told = true;
    });
    for (const [name, path] of Object.entries(paths)) process.env[toolVariable(name)] = path;
  }
}

/** Where a worker finds the path of a built tool: `helm-unittest` → `TOOL_HELM_UNITTEST`. */
export const toolVariable = (tool: string): string => `TOOL_${tool.toUpperCase().replaceAll('-', '_')}`;
