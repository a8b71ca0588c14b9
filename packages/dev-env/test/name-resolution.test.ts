import { expect, test } from 'vitest';
import { nameResolution } from '../src/dapr/name-resolution.ts';

test('every app has its address, whatever else runs on the machine', () => {
  expect(nameResolution({ auth: 4001, events: 4002 })).toContain(
    `template: '{{if eq .ID "auth"}}127.0.0.1:4001{{else if eq .ID "events"}}127.0.0.1:4002{{end}}'`,
  );
});
