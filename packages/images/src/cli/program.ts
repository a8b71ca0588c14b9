import { parseArgs } from 'node:util';
import type { ImageSpec } from '../archive/image-spec.ts';
import { writeArchive } from '../archive/write-archive.ts';
import { NONROOT, systemLayer } from '../recipes/base-layers.ts';
import { printImages } from './print-images.ts';

const many = { type: 'string', multiple: true } as const;
const one = { type: 'string' } as const;
const options = {
  ...{ out: one, user: one, workdir: one },
  ...{ tag: many, program: many, file: many, link: many, env: many, entrypoint: many, cmd: many },
};

/** `program --out FILE --tag NAME …` */
export async function program(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options });
  const { out, tag: tags, entrypoint, cmd, workdir, user = NONROOT } = values;
  if (out === undefined || tags === undefined) throw new Error('program needs --out FILE and --tag NAME');
  const image: ImageSpec = {
    ...{ tags, base: [systemLayer], user },
    programs: pairs(values.program),
    files: pairs(values.file),
    links: pairs(values.link),
    env: pairs(values.env),
    ...(entrypoint && { entrypoint }),
    ...(cmd && { cmd }),
    ...(workdir && { workdir }),
  };
  await printImages(out, await writeArchive(out, [image]));
}

/** `NAME=VALUE` of the command line. Throws on one without `=`. */
function pairs(given: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new Error(`${text}: give it as NAME=VALUE`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}
