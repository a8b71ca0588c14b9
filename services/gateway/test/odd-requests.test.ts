import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { call, echo, raw, type Seen, startTestGateway, type TestGateway } from './harness.ts';

let gateway: TestGateway;
const seen: Seen[] = [];
beforeAll(async () => {
  gateway = await startTestGateway(echo(seen));
});
beforeEach(() => {
  seen.length = 0;
});
afterAll(() => gateway.stop());

describe('a path that would not arrive as it was sent', () => {
  it.each([
    'a%23b',
    'a%3fb',
    'a%3Fb',
    'a%00b',
    'a%zz',
    'a%',
    'a%2',
    'a%0ab',
    'a%7fb',
    'a%25b',
    'a%252e',
    'a%2fb',
    'a%2Fb',
    'a%5cb',
    'a%ff',
    'a%c3',
    'a%7Bb%7D',
    'a{b}',
    'a|b',
    'a"b',
    'a\\b',
    '..',
    '../echo',
    'a/../b',
    'a/./b',
    '.',
    '%2e%2e/b',
    'a/%2E',
    'a//b',
    '/',
    'a/',
    '',
  ])('refuses /api/echo/%s', async (rest) => {
    const answer = await call(gateway.port, `/api/echo/${rest}`);
    expect(answer.json()).toMatchObject({ status: 400, code: 'invalid_path' });
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(seen).toEqual([]);
  });

  it('refuses raw bytes, and control characters before they are parsed', async () => {
    expect(await raw(gateway.port, 'GET /api/echo/\xe9 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1.1 400.*invalid_path/s,
    );
    expect(await raw(gateway.port, 'GET /api/echo/\x00 HTTP/1.1\r\nhost: x\r\n\r\n')).toMatch(/^HTTP\/1.1 400/);
    expect(seen).toEqual([]);
  });
});

describe('a message that two readers could take for different ones', () => {
  it.each([
    ['a length beside chunks', 'content-length: 4\r\ntransfer-encoding: chunked'],
    ['chunks that are not said last', 'transfer-encoding: chunked, identity'],
    ['two lengths', 'content-length: 4\r\ncontent-length: 5'],
    ['a length that is no number', 'content-length: +4'],
    ['a header name with a blank behind it', 'transfer-encoding : chunked'],
    ['a header folded over two lines', 'x-a: b\r\n content-length: 4'],
  ])('is refused: %s', async (_what, head) => {
    const answer = await raw(gateway.port, `POST /api/echo HTTP/1.1\r\nhost: x\r\n${head}\r\n\r\n0\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 400/);
    expect(seen).toEqual([]);
  });
});

describe('what is not passed on', () => {
  it.each(['PROPFIND', 'TRACE', 'QUERY', 'MKCOL'])(
    'answers 405 to %s, which Dapr would turn into a POST',
    async (method) => {
      const answer = await call(gateway.port, '/api/echo', { method });
      expect(answer).toMatchObject({ status: 405, headers: { allow: expect.stringContaining('POST') } });
      expect(seen).toEqual([]);
    },
  );

  it.each([
    '/v1.0/metadata',
    '/v1.0/invoke/echo/method/api/echo',
    '/v1.0/shutdown',
    '/internal/revocations',
    '/events/auth',
    '/api',
    '/API/echo',
    '//api/echo',
    '/dapr/subscribe',
    '/readyz/../api/echo',
  ])('knows nothing of %s', async (path) => {
    const answer = await call(gateway.port, path, { headers: { 'dapr-app-id': 'echo' } });
    expect(answer.status).toBe(404);
    expect(seen).toEqual([]);
  });

  it('answers a request that merely offers h2c', async () => {
    const text = await raw(
      gateway.port,
      'GET /api/echo HTTP/1.1\r\nhost: x\r\nconnection: Upgrade, HTTP2-Settings, close\r\nupgrade: h2c\r\nhttp2-settings: AA\r\n\r\n',
      '"method"',
    );
    expect(text).toMatch(/^HTTP\/1.1 200/);
  });
});
