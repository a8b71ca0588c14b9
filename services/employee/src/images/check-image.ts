import { AppError } from '@muster/contracts';
import sharp from 'sharp';

/** More than any telephone's full frame; 25,000,000 pixels decode to 100 MB. */
export const maxPixels = 25_000_000;
/** 10 MiB. */
export const maxPhotoBytes = 10 * 1024 * 1024;

const accepted = new Set(['jpeg', 'png', 'webp']);

// libvips can read far more (SVG, PDF, TIFF …), each with faults of its own: only these three are ever tried.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});

const refusePhoto = (message: string): AppError =>
  new AppError('invalid_input', `The photo ${message}.`, { errors: [{ field: 'photo', message, in: 'body' }] });

/**
 * Looks at the header only, so that a small file which would unpack to gigabytes is refused before anything is decoded.
 * @throws AppError body_too_large, unsupported_media_type (by content, whatever its name says), invalid_input
 */
export async function checkImage(bytes: Uint8Array): Promise<void> {
  if (bytes.byteLength > maxPhotoBytes) {
    throw new AppError('body_too_large', 'A photo may have at most 10 MiB.');
  }
  if (bytes.byteLength === 0) throw refusePhoto('is empty');
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  if (header === undefined || !accepted.has(header.format)) {
    throw new AppError('unsupported_media_type', 'A photo must be a JPEG, PNG or WebP image; this is none.');
  }
  if (header.width * header.height > maxPixels) throw refusePhoto('has more than 25 megapixels');
}
