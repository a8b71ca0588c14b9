import { hkdfSync } from 'node:crypto';

/** Keys of what people do at kiosks, one a purpose. */
export interface KioskKeys {
  pin: Uint8Array;
  qr: Uint8Array;
}

const derive = (secret: string, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, '', purpose, 32));

/** Derives the keys from KIOSK_SECRET. */
export const kioskKeys = (secret: string): KioskKeys => ({
  pin: derive(secret, 'muster kiosk pin'),
  qr: derive(secret, 'muster kiosk qr'),
});
