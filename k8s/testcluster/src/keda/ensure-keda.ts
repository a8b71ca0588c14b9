import { ensureModule, type Report, readPin } from '@muster/dev-env/tools';
import { type SystemImage, trustedAuthorities, withArchive } from '../images/system-images.ts';
import { writeMissing } from '../images/write-missing.ts';
import { moduleFiles } from '../tools/module-files.ts';
import { kedaModule } from '../tools/modules.ts';
import { kedaParts } from './keda-overlay.ts';

/** KEDA's own manifests, and the images that take the place of its registry's. */
export interface Keda {
  version: string;
  manifests: string;
  images: Record<keyof typeof kedaParts, SystemImage>;
}

/** Builds KEDA's operator and metrics adapter where they are missing; the first time takes ten minutes on two cores. */
export async function ensureKeda(report: Report): Promise<Keda> {
  const { version } = await readPin(kedaModule);
  const programs = await ensureModule(kedaModule, report);
  const authorities = await trustedAuthorities();
  const image = (name: keyof typeof kedaParts) =>
    withArchive({
      tags: [`localhost/keda/${name}:${version}`],
      files: { [kedaParts[name].path]: programs[name] as string, ...authorities },
      entrypoint: [kedaParts[name].path],
      user: '65532:65532',
    });
  const images = { operator: await image('operator'), adapter: await image('adapter') };
  await writeMissing(Object.values(images), report);
  return { version, images, manifests: await moduleFiles(kedaModule, 'config') };
}
