import { AppError } from '@muster/contracts';
import sharp, { type Sharp } from 'sharp';
import { checkImage } from './check-image.ts';

export interface PhotoFile {
  side: 1024 | 128;
  bytes: Uint8Array;
}

/** A photo ready to be stored: JPEG without any metadata, upright. `width` and `height` are those of the larger file. */
export interface Photo {
  files: PhotoFile[];
  width: number;
  height: number;
}

// libvips would otherwise use every core for one image and keep tens of MiB of decoded ones.
sharp.concurrency(1);
sharp.cache(false);

// A JPEG may hold thousands of scans for few pixels: no image of ours needs longer than this.
const limitSeconds = 10;
const quality = 82;

const jpeg = (image: Sharp, side: number) =>
  image
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality, mozjpeg: side < 1024 })
    .timeout({ seconds: limitSeconds })
    .toBuffer({ resolveWithObject: true });

/**
 * Re-encodes a photo to 1024 px and 128 px on its longest side (never enlarged). Orientation is applied; EXIF, GPS and
 * everything else beside the pixels is left behind. Throws AppErrors `unsupported_media_type` and `invalid_input`.
 */
export async function processPhoto(bytes: Uint8Array): Promise<Photo> {
  await checkImage(bytes);
  try {
    const large = await jpeg(sharp(bytes, { failOn: 'error', limitInputPixels: 26_000_000 }).autoOrient(), 1024);
    const small = await jpeg(sharp(large.data), 128);
    return {
      files: [
        { side: 1024, bytes: large.data },
        { side: 128, bytes: small.data },
      ],
      width: large.info.width,
      height: large.info.height,
    };
  } catch (cause) {
    throw new AppError('invalid_input', 'The image is damaged and cannot be decoded.', {
      errors: [{ field: 'photo', message: 'cannot be decoded', in: 'body' }],
      cause,
    });
  }
}
