import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import tar, { type Header } from 'tar-stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ImageSpec, type LayerSpec, writeArchive } from '../src/index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-images-'));
  await mkdir(join(folder, 'app/deep'), { recursive: true });
  await writeFile(join(folder, 'app/main.js'), 'one');
  await writeFile(join(folder, 'app/deep/run'), 'two', { mode: 0o700 });
  await symlink('main.js', join(folder, 'app/link'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Item {
  header: Header;
  body: Buffer;
}

async function unpack(source: NodeJS.ReadableStream): Promise<Map<string, Item>> {
  const found = new Map<string, Item>();
  const extract = tar.extract();
  source.pipe(extract);
  for await (const entry of extract) found.set(entry.header.name, { header: entry.header, body: await buffer(entry) });
  return found;
}

const out = () => join(folder, 'out/images.tar');
const base: LayerSpec = { texts: { '/etc/passwd': 'nonroot' }, folders: { '/tmp': 0o1777 } };
const image = (name: string): ImageSpec => ({
  tags: [`localhost/${name}:1`],
  base: [base],
  files: { '/app': join(folder, 'app') },
  links: { '/bin/app': '/app/main.js' },
  user: '65532:65532',
  cmd: ['node', '/app/main.js'],
  env: { PORT: '8080' },
});

async function read() {
  const items = await unpack(createReadStream(out()));
  const json = (name: string) => JSON.parse(items.get(name)?.body.toString() ?? 'null');
  const manifest = json('manifest.json') as { Config: string; RepoTags: string[]; Layers: string[] }[];
  const layer = async (name: string) => {
    const extract = tar.extract();
    extract.end(items.get(name)?.body);
    const found = new Map<string, Item>();
    for await (const entry of extract)
      found.set(entry.header.name, { header: entry.header, body: await buffer(entry) });
    return found;
  };
  return { items, json, manifest, layer };
}

test('an archive names its images, how they run, and every layer by its digest', async () => {
  const [made] = await writeArchive(out(), [image('one')]);
  const { items, json, manifest } = await read();
  expect(manifest.map(({ RepoTags }) => RepoTags)).toEqual([['localhost/one:1']]);
  const [{ Config = '', Layers = [] } = {}] = manifest;
  expect(`${made?.id.slice(7)}.json`).toBe(Config);
  const config = json(Config);
  expect(config.config).toMatchObject({ User: '65532:65532', Cmd: ['node', '/app/main.js'] });
  expect(config.config.Env).toContain('PORT=8080');
  const digests = Layers.map((name) =>
    createHash('sha256')
      .update(items.get(name)?.body ?? '')
      .digest('hex'),
  );
  expect(config.rootfs.diff_ids).toEqual(digests.map((digest) => `sha256:${digest}`));
  expect(made?.layers).toEqual(Layers.map((name) => items.get(name)?.body.length));
});

test('a layer has folders before their files, no owner, no time, and modes that say what may be run', async () => {
  await writeArchive(out(), [image('one')]);
  const { manifest, layer } = await read();
  const [low = '', own = ''] = manifest[0]?.Layers ?? [];
  const files = await layer(own);
  expect([...files.keys()].map((name) => name.replace(/\/$/, ''))).toEqual([
    ...['app', 'app/deep', 'app/deep/run', 'app/link', 'app/main.js', 'bin', 'bin/app'],
  ]);
  expect(files.get('app/deep/run')?.header).toMatchObject({ mode: 0o755, uid: 0, gid: 0, mtime: new Date(0) });
  expect(files.get('app/main.js')).toMatchObject({ header: { mode: 0o644 }, body: Buffer.from('one') });
  expect(files.get('app/link')?.header).toMatchObject({ type: 'symlink', linkname: 'main.js' });
  expect(files.get('bin/app')?.header.linkname).toBe('/app/main.js');
  const system = await layer(low);
  expect([...system.values()].find(({ header }) => header.name.startsWith('tmp'))?.header.mode).toBe(0o1777);
});

test('images share a layer, which is stored once', async () => {
  await writeArchive(out(), [image('one'), { ...image('two'), texts: { '/two': '2' } }]);
  const { items, manifest } = await read();
  expect(manifest[0]?.Layers[0]).toBe(manifest[1]?.Layers[0]);
  expect([...items.keys()].filter((name) => name.endsWith('layer.tar'))).toHaveLength(3);
});

test('the same files give the same bytes, whenever they were written; others another id', async () => {
  const [first] = await writeArchive(out(), [image('one')]);
  const bytes = await readFile(out());
  await utimes(join(folder, 'app/main.js'), 1, 1);
  await writeArchive(out(), [image('one')]);
  expect((await readFile(out())).equals(bytes)).toBe(true);
  await writeFile(join(folder, 'app/main.js'), 'other');
  const [second] = await writeArchive(out(), [image('one')]);
  expect(second?.id).not.toBe(first?.id);
});

test('a program brings the libraries it is linked to', async () => {
  await writeArchive(out(), [{ tags: ['localhost/shell:1'], programs: { '/bin/sh': '/bin/sh' } }]);
  const { manifest, layer } = await read();
  const names = [...(await layer(manifest[0]?.Layers[0] ?? '')).keys()];
  expect(names).toContain('bin/sh');
  expect(names.some((name) => /libc\.|ld-/.test(name))).toBe(true);
});

test('what fails leaves no archive and no draft', async () => {
  const broken = { ...image('one'), files: { '/app': join(folder, 'nothing') } };
  await expect(writeArchive(out(), [broken])).rejects.toThrow('nothing');
  expect(await readdir(join(folder, 'out'))).toEqual([]);
  const relative = { ...image('one'), files: { app: join(folder, 'app') } };
  await expect(writeArchive(out(), [relative])).rejects.toThrow('starts with /');
});
