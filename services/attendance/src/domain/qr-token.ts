import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from '@muster/contracts';
import { parse, stringify } from 'uuid';

/** How long a code may be scanned: long enough to hold a phone to a kiosk, too short to send a photo of it to a friend. */
export const qrLifeMs = 30_000;

const prefix = 'MQ1.';
const idBytes = 16;
const timeBytes = 6;
const macBytes = 16;
const bodyBytes = idBytes * 2 + timeBytes;
const shape = new RegExp(`^MQ1\\.([\\w-]{${Math.ceil(((bodyBytes + macBytes) * 4) / 3)}})$`);

/** What a code says: who, which code, until when (Unix milliseconds). */
export interface QrToken {
  id: string;
  employeeId: string;
  expiresAtMs: number;
}

const macOf = (key: Uint8Array, body: Uint8Array): Buffer =>
  createHmac('sha256', key).update(body).digest().subarray(0, macBytes);

/** The text of a QR code, short enough for a small picture: ids and time in bytes, with an HMAC of 128 bits. */
export function writeQr(key: Uint8Array, { id, employeeId, expiresAtMs }: QrToken): string {
  const time = Buffer.alloc(timeBytes);
  time.writeUIntBE(expiresAtMs, 0, timeBytes);
  const body = Buffer.concat([parse(id), parse(employeeId), time]);
  return prefix + Buffer.concat([body, macOf(key, body)]).toString('base64url');
}

export const invalidQr = (): AppError =>
  new AppError('invalid_qr', 'This code is not valid (any more). Show a fresh one.');

/** What a code of ours says, whether it has expired or not. Throws `invalid_qr` for any other text. */
export function readQr(key: Uint8Array, text: string): QrToken {
  const bytes = Buffer.from(shape.exec(text)?.[1] ?? '', 'base64url');
  const body = bytes.subarray(0, bodyBytes);
  const mac = bytes.subarray(bodyBytes);
  if (mac.length !== macBytes || !timingSafeEqual(mac, macOf(key, body))) throw invalidQr();
  return {
    id: stringify(body.subarray(0, idBytes)),
    employeeId: stringify(body.subarray(idBytes, idBytes * 2)),
    expiresAtMs: body.readUIntBE(idBytes * 2, timeBytes),
  };
}
