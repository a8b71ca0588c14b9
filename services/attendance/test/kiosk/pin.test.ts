import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { kioskKeys } from '../../src/domain/kiosk-keys.ts';
import { digestPin, isPin, pinFault } from '../../src/domain/pin.ts';
import { deviceDelay, personDelay, pinDelayEnd } from '../../src/domain/pin-delay.ts';
import { readQr, writeQr } from '../../src/domain/qr-token.ts';
import { createOneAtATime } from '../../src/one-at-a-time.ts';

const { pin: key, qr: qrKey } = kioskKeys('a secret for tests only');
const ann = '0198a000-0000-7000-8000-00000000000a';
const bob = '0198a000-0000-7000-8000-00000000000b';

describe('a PIN', () => {
  test.each(['000000', '123456', '012345', '890123', '654321', '210987', '121212', '123123', '998998'])(
    '%s is too easy to guess',
    (pin) => expect(pinFault(pin)).toBeDefined(),
  );

  test.each(['803914', '112233', '123457', '100000', '246810'])('%s will do', (pin) => {
    expect(pinFault(pin)).toBeUndefined();
  });

  it('is stored under a key and for one person', () => {
    const stored = digestPin(key, ann, '803914');
    expect(isPin(stored, digestPin(key, ann, '803914'))).toBe(true);
    expect(isPin(stored, digestPin(key, ann, '803915'))).toBe(false);
    expect(isPin(stored, digestPin(key, bob, '803914'))).toBe(false);
    expect(isPin(stored, digestPin(kioskKeys('another secret here').pin, ann, '803914'))).toBe(false);
    expect(isPin(null, digestPin(key, ann, '000000'))).toBe(false);
    expect(isPin(null, Buffer.alloc(32))).toBe(false);
  });
});

describe('the delay after wrong PINs', () => {
  const at = 1_000_000;
  const delay = (failures: number, policy = personDelay, nowMs = at) =>
    Math.max(0, pinDelayEnd({ failures, lastFailedAtMs: at }, policy, nowMs) - at) / 1000;

  it('begins after the free ones, doubles, and never locks out', () => {
    expect([0, 4, 5, 6, 7, 9, 10, 1000].map((failures) => delay(failures))).toEqual([0, 0, 30, 60, 120, 480, 900, 900]);
    expect([29, 30, 31, 1000].map((failures) => delay(failures, deviceDelay))).toEqual([0, 10, 20, 300]);
  });

  it('is forgotten in time', () => {
    expect(delay(1000, personDelay, at + personDelay.forgetMs - 1)).toBe(900);
    expect(delay(1000, personDelay, at + personDelay.forgetMs)).toBe(0);
  });
});

describe('a QR code', () => {
  const token = { id: bob, employeeId: ann, expiresAtMs: 1_795_000_000_123 };

  it('comes back as it was written, and fits a small picture', () => {
    const text = writeQr(qrKey, token);
    expect(readQr(qrKey, text)).toEqual(token);
    expect(text.length).toBeLessThan(80);
  });

  it('is refused with any other character, length or key', () => {
    const text = writeQr(qrKey, token);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(...'AZaz09-_.=+ '), (at, character) => {
        const other = text.slice(0, at) + character + text.slice(at + 1);
        if (other === text) return;
        expect(() => readQr(qrKey, other)).toThrow(expect.objectContaining({ code: 'invalid_qr' }));
      }),
    );
    for (const other of ['', 'MQ1.', text.slice(0, -1), `${text}A`, text.slice(4)])
      expect(() => readQr(qrKey, other)).toThrow(expect.objectContaining({ code: 'invalid_qr' }));
    expect(() => readQr(key, text)).toThrow(expect.objectContaining({ code: 'invalid_qr' }));
  });
});

test('one at a time: in order for a key, side by side for others, and a failure holds nobody up', async () => {
  const oneAtATime = createOneAtATime();
  const seen: string[] = [];
  const work = (key: string, name: string, gate?: Promise<void>) =>
    oneAtATime(key, async () => {
      seen.push(`${name} begins`);
      await gate;
      seen.push(`${name} ends`);
      if (name === 'bad') throw new Error('bad');
    });
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const bad = work('a', 'bad', gate);
  const second = work('a', 'second');
  await work('b', 'other');
  expect(seen).toEqual(['bad begins', 'other begins', 'other ends']);
  open();
  await expect(bad).rejects.toThrow('bad');
  await second;
  expect(seen.slice(3)).toEqual(['bad ends', 'second begins', 'second ends']);
});
