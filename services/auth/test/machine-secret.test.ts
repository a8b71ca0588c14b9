import { expect, test } from 'vitest';
import { isMachineSecret, newMachineSecret, secretHint } from '../src/crypto/machine-secret.ts';

test('a machine secret says what it is, and no two are alike', () => {
  const secrets = Array.from({ length: 500 }, () => newMachineSecret('mst'));
  expect(new Set(secrets).size).toBe(500);
  for (const secret of secrets) {
    expect(secret).toMatch(/^mst_[0-9A-Za-z]{49}$/);
    expect(isMachineSecret(secret, 'mst')).toBe(true);
  }
});

test('a typing error, another kind and garbage are known without asking anybody', () => {
  const secret = newMachineSecret('msc');
  for (let i = 4; i < secret.length; i++) {
    const typo = secret.slice(0, i) + (secret[i] === 'x' ? 'y' : 'x') + secret.slice(i + 1);
    expect([typo, isMachineSecret(typo, 'msc')]).toEqual([typo, false]);
  }
  for (const other of ['', 'msc_', secret.toUpperCase(), ` ${secret}`, `${secret}0`, secret.replace('msc', 'mst')])
    expect(isMachineSecret(other, 'msc')).toBe(false);
  expect(isMachineSecret(secret, 'msd')).toBe(false);
});

test('the hint keeps eight characters', () => {
  const secret = newMachineSecret('msd');
  expect(secretHint(secret)).toBe(`msd_…${secret.slice(-4)}`);
});
