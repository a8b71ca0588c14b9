import { AppError } from '@muster/contracts';
import type { Context } from 'hono';
import { maxPhotoBytes } from '../images/check-image.ts';

const noPhoto = (message: string): AppError =>
  new AppError('invalid_input', `The field photo ${message}.`, { errors: [{ field: 'photo', message, in: 'body' }] });

/**
 * The bytes of an uploaded photo: field `photo` of a multipart form, or the body itself. What it claims to be is not asked;
 * the content decides.
 * @throws AppError invalid_input, body_too_large, unsupported_media_type
 */
export async function readPhotoBody(c: Context): Promise<Uint8Array> {
  const type = c.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'multipart/form-data') return readField(c);
  if (type.startsWith('image/') || type === 'application/octet-stream') {
    return new Uint8Array(await c.req.arrayBuffer());
  }
  throw new AppError('unsupported_media_type', 'Send multipart/form-data with a field photo, or the image itself.');
}

async function readField(c: Context): Promise<Uint8Array> {
  const form = await c.req.formData().catch((cause) => {
    if (cause instanceof AppError) throw cause;
    throw new AppError('invalid_input', 'The multipart body cannot be read.', { cause });
  });
  const field = form.get('photo');
  if (field === null) throw noPhoto('is missing');
  if (typeof field === 'string') throw noPhoto('must be a file');
  if (field.size > maxPhotoBytes) throw new AppError('body_too_large', 'A photo may have at most 10 MiB.');
  return new Uint8Array(await field.arrayBuffer());
}
