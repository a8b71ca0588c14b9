import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imageConfig } from '../src/archive/image-config.ts';
import type { ImageSpec, LayerSpec } from '../src/archive/image-spec.ts';
import { writeLayer } from '../src/archive/write-layer.ts';
import { knownLayer, type LayerName, layerKey, rememberLayer } from './known-layers.ts';

const oci = 'application/vnd.oci.image';

/** Media type of every manifest in a registry folder. */
export const manifestType = `${oci}.manifest.v1+json`;

/** `host:port/name:tag` as its parts; throws when it has no host or no tag. */
export function parseReference(reference: string): { repository: string; tag: string } {
  const parts = /^[^/]+\/(?<repository>[^:@]+):(?<tag>[\w.-]+)$/.exec(reference)?.groups;
  if (!parts) throw new Error(`${reference} is not of the form registry/name:tag`);
  return parts as { repository: string; tag: string };
}

/** The file that answers for a manifest; `reference` is a tag or a digest. */
export const manifestFile = (folder: string, repository: string, reference: string): string =>
  join(folder, 'manifests', encodeURIComponent(repository), reference);

/** The file of a layer or a configuration. */
export const blobFile = (folder: string, digest: string): string => join(folder, 'blobs', digest);

/**
 * Writes an image where a registry of files has it, under its first tag, and resolves to its digest. Layers are stored as
 * plain tars: nobody packs or unpacks them between here and the node, and one that is there already costs nothing.
 */
export async function writeToRegistry(folder: string, image: ImageSpec): Promise<string> {
  const { repository, tag } = parseReference(image.tags[0] ?? '');
  await mkdir(join(folder, 'blobs'), { recursive: true });
  const layers: LayerName[] = [];
  for (const spec of [...(image.base ?? []), image]) layers.push(await addLayer(folder, spec));
  const config = imageConfig(
    image,
    layers.map(({ digest }) => digest),
  );
  const configDigest = sha256(config);
  await putWhole(blobFile(folder, configDigest), config);
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: { mediaType: `${oci}.config.v1+json`, digest: configDigest, size: Buffer.byteLength(config) },
    layers: layers.map(({ digest, size }) => ({
      mediaType: `${oci}.layer.v1.tar`,
      digest: `sha256:${digest}`,
      size,
    })),
  });
  return putManifest(folder, repository, tag, manifest);
}

/** Names a manifest, whose parts are there, by a tag and by its digest; resolves to the digest. */
export async function putManifest(folder: string, repository: string, tag: string, manifest: string): Promise<string> {
  const digest = sha256(manifest);
  await mkdir(join(folder, 'manifests', encodeURIComponent(repository)), { recursive: true });
  for (const reference of [digest, tag]) await putWhole(manifestFile(folder, repository, reference), manifest);
  return digest;
}

async function addLayer(folder: string, spec: LayerSpec): Promise<LayerName> {
  const key = await layerKey(spec);
  const known = key && (await knownLayer(folder, key));
  if (known && (await isThere(blobFile(folder, `sha256:${known.digest}`)))) return known;
  const draft = await mkdtemp(join(folder, 'layer-'));
  try {
    const layer = await writeLayer(spec, join(draft, 'tar'));
    const file = blobFile(folder, `sha256:${layer.digest}`);
    if (!(await isThere(file))) await rename(layer.file, file);
    if (key) await rememberLayer(folder, key, layer);
    return layer;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

const sha256 = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** Nobody ever reads half a file. */
async function putWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.draft`, text);
  await rename(`${file}.draft`, file);
}
