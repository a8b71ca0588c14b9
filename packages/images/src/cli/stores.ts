import { writeStoreArchive } from '../write-store-archive.ts';
import { printImages } from './print-images.ts';

/** `stores` */
export async function stores(): Promise<void> {
  const { file, images } = await writeStoreArchive((part, detail) => console.log(part, detail ?? ''));
  await printImages(file, images);
}
