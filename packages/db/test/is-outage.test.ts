import { expect, test } from 'vitest';
import { isOutage, isUniqueViolation } from '../src/index.ts';

const coded = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more });

test.each([
  'ECONNREFUSED',
  'ECONNRESET',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  '57P01',
  '57P03',
  '08006',
  '53300',
])('%s is an outage', (code) => {
  expect(isOutage(coded(code))).toBe(true);
  expect(isOutage(new Error('outer', { cause: coded(code) }))).toBe(true);
});

test.each(['23505', '40001', '57014', '42P01', '22P02', 'ENOENT'])('%s is none', (code) => {
  expect(isOutage(coded(code))).toBe(false);
});

test('a missing unix socket is an outage, a missing file is not', () => {
  expect(isOutage(coded('ENOENT', { syscall: 'connect' }))).toBe(true);
  expect(isOutage(coded('ENOENT', { syscall: 'open' }))).toBe(false);
});

test('several failed addresses are an outage when each is', () => {
  expect(isOutage(new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]))).toBe(true);
  expect(isOutage(new AggregateError([coded('ECONNREFUSED'), coded('EACCES')]))).toBe(false);
});

test('anything that is no error is none', () => {
  for (const value of [undefined, null, 'ECONNREFUSED', { code: 'ECONNREFUSED' }]) expect(isOutage(value)).toBe(false);
});

test('a unique violation is told by its constraint', () => {
  const error = coded('23505', { constraint_name: 'punches_open' });
  expect(isUniqueViolation(error)).toBe(true);
  expect(isUniqueViolation(error, 'punches_open')).toBe(true);
  expect(isUniqueViolation(error, 'other')).toBe(false);
  expect(isUniqueViolation(coded('23514'))).toBe(false);
});
