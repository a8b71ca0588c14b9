import { ensureModule, type Report } from '@muster/dev-env/tools';
import { skaffoldModule } from './skaffold-module.ts';

/** Absolute path of the pinned Skaffold; built once, which takes minutes. */
export async function ensureSkaffold(report: Report): Promise<string> {
  const { skaffold } = await ensureModule(skaffoldModule, report);
  return skaffold as string;
}
