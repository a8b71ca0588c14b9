import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../src/index.ts';
import { exampleApp, silent } from './example-app.ts';

let running: RunningServer;
beforeAll(async () => {
  const app = exampleApp(1000);
  running = await startServer({ app, host: '127.0.0.1', port: 0, log: silent, onShutdown: [], handleSignals: false });
});
afterAll(() => running.stop());

/** Sends bytes as they are and gives back everything until the server closes. */
function raw(text: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = connect(running.port, '127.0.0.1', () => socket.write(text));
  let answer = '';
  socket.on('data', (data) => {
    answer += data;
  });
  socket.on('close', () => resolve(answer));
  socket.on('error', () => resolve(answer));
  return promise;
}

const post = (head: string, body: string) =>
  raw(`POST /raw HTTP/1.1\r\nhost: x.test\r\nconnection: close\r\n${head}\r\n\r\n${body}`);

describe('body limit on a real connection', () => {
  it('takes what fits exactly, declared or chunked', async () => {
    expect(await post('content-length: 1000', 'a'.repeat(1000))).toContain('{"size":1000}');
    expect(await post('transfer-encoding: chunked', `3e8\r\n${'a'.repeat(1000)}\r\n0\r\n\r\n`)).toContain(
      '{"size":1000}',
    );
  });

  it('refuses a declared body over the limit', async () => {
    const answer = await post('content-length: 1001', 'a'.repeat(1001));
    expect(answer).toContain('HTTP/1.1 413');
    expect(answer).toContain('"code":"body_too_large"');
  });

  it('counts a chunked body and refuses it past the limit', async () => {
    const chunk = `1f4\r\n${'a'.repeat(500)}\r\n`;
    const answer = await post('transfer-encoding: chunked', `${chunk.repeat(3)}0\r\n\r\n`);
    expect(answer).toContain('HTTP/1.1 413');
    expect(answer).toContain('"code":"body_too_large"');
  });

  it('a POST without any body passes', async () => {
    expect(await post('content-length: 0', '')).toContain('{"size":0}');
    expect(await post('x-none: 1', '')).toContain('{"size":0}');
  });
});

describe('requests that never become a Request', () => {
  it.each([
    'GET /a\\b HTTP/1.1\r\nhost: x.test\r\nconnection: close\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: a b\r\nconnection: close\r\n\r\n',
    'GET /a\u0000b HTTP/1.1\r\nhost: x.test\r\nconnection: close\r\n\r\n',
    'GET / HTTP/1.1\r\nconnection: close\r\n\r\n',
    'NONSENSE\r\n\r\n',
  ])('400 as a problem: %j', async (text) => {
    const answer = await raw(text);
    expect(answer).toContain('HTTP/1.1 400');
    expect(answer).toContain('application/problem+json');
    expect(answer).toContain('"code":"invalid_path"');
  });

  it('TRACE gets 405 like any other method', async () => {
    const answer = await raw('TRACE /healthz HTTP/1.1\r\nhost: x.test\r\nconnection: close\r\n\r\n');
    expect(answer).toContain('HTTP/1.1 405');
    expect(answer.toLowerCase()).toContain('allow: get, head');
  });
});
