import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import tar from 'tar-stream';
import { imageConfig } from './image-config.ts';
import type { ImageSpec, LayerSpec } from './image-spec.ts';
import { type Layer, writeLayer } from './write-layer.ts';

/** An image as it lies in an archive. */
export interface ArchivedImage {
  tags: string[];
  /** `sha256:…` of its configuration, which names every layer: other content, other id. */
  id: string;
  /** Bytes of each layer, the image's own last. */
  layers: number[];
}

/**
 * Writes images into one docker-archive, for `ctr images import`, `docker load` or `buildah pull docker-archive:…`. Needs no
 * engine and no registry. The same files give the same bytes; half an archive is never seen under its name.
 */
export async function writeArchive(file: string, images: readonly ImageSpec[]): Promise<ArchivedImage[]> {
  await mkdir(dirname(file), { recursive: true });
  const draft = await mkdtemp(`${file}-`);
  try {
    const layers = await writeLayers(images, draft);
    const made = images.map((image) => {
      const own = layersOf(image).map((spec) => layers.get(spec) as Layer);
      const config = imageConfig(
        image,
        own.map(({ digest }) => digest),
      );
      return { tags: image.tags, own, config, id: createHash('sha256').update(config).digest('hex') };
    });
    const pack = tar.pack();
    const written = pipeline(pack, createWriteStream(join(draft, 'archive')));
    const fill = async (): Promise<void> => {
      for (const { file: source, digest, size } of distinct(layers.values())) {
        await pipeline(createReadStream(source), pack.entry({ ...meta(`${digest}/layer.tar`), size }));
      }
      for (const { id, config } of made) pack.entry(meta(`${id}.json`), config);
      const manifest = made.map(({ id, tags, own }) => ({
        Config: `${id}.json`,
        RepoTags: tags,
        Layers: own.map(({ digest }) => `${digest}/layer.tar`),
      }));
      pack.entry(meta('manifest.json'), JSON.stringify(manifest));
      pack.finalize();
    };
    await Promise.all([written, fill()]);
    await rename(join(draft, 'archive'), file);
    return made.map(({ tags, id, own }) => ({ tags, id: `sha256:${id}`, layers: own.map(({ size }) => size) }));
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

const layersOf = (image: ImageSpec): LayerSpec[] => [...(image.base ?? []), image];

const meta = (name: string) => ({ name, mode: 0o644, mtime: new Date(0) });

async function writeLayers(images: readonly ImageSpec[], folder: string): Promise<Map<LayerSpec, Layer>> {
  const layers = new Map<LayerSpec, Layer>();
  for (const spec of images.flatMap(layersOf)) {
    if (!layers.has(spec)) layers.set(spec, await writeLayer(spec, join(folder, `layer-${layers.size}`)));
  }
  return layers;
}

const distinct = (layers: Iterable<Layer>): Layer[] => [
  ...new Map([...layers].map((one) => [one.digest, one])).values(),
];
