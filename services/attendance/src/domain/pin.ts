import { createHmac, timingSafeEqual } from 'node:crypto';

/** 123456, 987654 and their like: every next digit is one more, or one less. */
const isRun = (pin: string): boolean => {
  const steps = [...pin.slice(1)].map((digit, i) => (Number(digit) - Number(pin[i]) + 10) % 10);
  return steps.every((step) => step === 1) || steps.every((step) => step === 9);
};

/** 111111, 121212, 123123: a part of it, over and over. */
const isRepeated = (pin: string): boolean => [1, 2, 3].some((n) => pin === pin.slice(0, n).repeat(pin.length / n));

/** What is wrong with a PIN of six digits; undefined when nothing is. The first ones anybody would try are refused. */
export const pinFault = (pin: string): string | undefined =>
  isRun(pin) || isRepeated(pin) ? 'is too easy to guess' : undefined;

/** What is stored of a PIN. Keyed, since a million PINs are soon tried; cheap, since a shift change is full of them. */
export const digestPin = (key: Uint8Array, employeeId: string, pin: string): Buffer =>
  createHmac('sha256', key).update(`${employeeId} ${pin}`).digest();

/** Compares in constant time; without a stored digest the answer is no, for the same work. */
export function isPin(stored: Uint8Array | null, typed: Uint8Array): boolean {
  const same = timingSafeEqual(stored ?? Buffer.alloc(typed.length), typed);
  return same && stored !== null;
}
