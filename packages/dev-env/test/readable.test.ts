import { expect, test } from 'vitest';
import { readable } from '../src/logs/readable.ts';

test("pino's lines lose what is the same on every line", () => {
  const line = '{"level":"warn","time":"2026-11-20T11:34:45.544Z","service":"auth","pid":1,"msg":"slow","ms":12}';
  expect(readable(line)).toEqual({ time: '11:34:45.544', level: 'warn', text: 'slow ms=12' });
  expect(readable('{"level":50,"time":0,"msg":"bad"}')).toEqual({ time: '00:00:00.000', level: 'error', text: 'bad' });
});

test("Dapr's lines too", () => {
  const line =
    'time="2026-11-20T11:34:29.573Z" level=warning msg="it said \\"no\\"" app_id=auth instance=x scope=dapr.runtime';
  expect(readable(line)).toEqual({ time: '11:34:29.573', level: 'warn', text: 'it said "no"' });
});

test('anything else stays as it is', () => {
  for (const text of ['', 'plain', '{broken', 'Ready to accept connections']) {
    expect(readable(text)).toEqual({ time: undefined, level: undefined, text });
  }
});
