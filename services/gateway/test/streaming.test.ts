import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maxBodyBytes } from '../src/proxy/take-body.ts';
import { call, eventually, raw, readAll, startTestGateway, type TestGateway } from './harness.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway((_req, res) => res.end());
});
afterAll(() => gateway.stop());

const post = (headers: Record<string, string> = {}) =>
  request({ port: gateway.port, host: '127.0.0.1', path: '/api/echo', method: 'POST', headers, agent: false });

describe('uploads', () => {
  it('reach the service while the client is still sending', async () => {
    const arrived: number[] = [];
    gateway.answer(async (req, res) => {
      req.on('data', (chunk: Buffer) => arrived.push(chunk.length));
      req.on('end', () => res.end(String(arrived.reduce((sum, n) => sum + n, 0))));
    });
    const asked = post();
    asked.write(Buffer.alloc(100_000));
    await eventually(() => arrived.reduce((sum, n) => sum + n, 0) === 100_000);
    asked.end(Buffer.alloc(50_000));
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    expect((await readAll(answer)).toString()).toBe('150000');
  });

  it('keep a declared length, and its bytes', async () => {
    gateway.answer(async (req, res) => {
      const body = await readAll(req);
      res.end(`${req.headers['content-length']} ${body.every((byte) => byte === 7)}`);
    });
    const answer = await call(gateway.port, '/api/echo', { method: 'PUT', body: Buffer.alloc(3_000_000, 7) });
    expect(answer.text).toBe('3000000 true');
  });

  it('wait when the service does not read', async () => {
    gateway.answer(() => undefined);
    const asked = post();
    asked.on('error', () => undefined);
    let sent = 0;
    const pump = (): void => {
      while (sent < maxBodyBytes - 65_536 && asked.write(Buffer.alloc(65_536))) sent += 65_536;
    };
    asked.on('drain', pump);
    pump();
    let before = -1;
    for (; before !== sent; before = sent, await sleep(300));
    // What the kernel buffers between three sockets, not the whole body in our memory.
    expect(sent).toBeLessThan(12 * 1024 * 1024);
    asked.destroy();
  });

  it('that break off break off at the service too, never looking whole', async () => {
    const ends: string[] = [];
    gateway.answer((req) => {
      req.on('end', () => ends.push('whole'));
      req.on('aborted', () => ends.push('aborted'));
      req.on('error', () => undefined).resume();
    });
    for (const headers of [{}, { 'content-length': '500000' }] as Record<string, string>[]) {
      ends.length = 0;
      const asked = post(headers);
      asked.on('error', () => undefined);
      asked.write(Buffer.alloc(100_000));
      await sleep(100);
      asked.destroy();
      await eventually(() => ends.length > 0);
      expect(ends).toEqual(['aborted']);
    }
  });
});

describe('a body over the limit', () => {
  it('is refused by its declared length, before the service is asked', async () => {
    let asked = 0;
    gateway.answer((_req, res) => {
      asked += 1;
      res.end();
    });
    const head = `POST /api/echo HTTP/1.1\r\nhost: x\r\ncontent-length: ${maxBodyBytes + 1}\r\n\r\n`;
    expect(await raw(gateway.port, head, '}')).toMatch(/^HTTP\/1.1 413.*"code":"body_too_large"/s);
    expect(asked).toBe(0);
  });

  it('is refused while a chunked one is counted, and the client that goes on sending reads the 413', async () => {
    gateway.answer((req, res) => {
      req.on('error', () => undefined).resume();
      req.on('end', () => res.end('whole'));
    });
    const asked = post();
    const answered = once(asked, 'response') as Promise<[IncomingMessage]>;
    for (let sent = 0; sent < 30 * 1024 * 1024; sent += 1024 * 1024) {
      if (!asked.write(Buffer.alloc(1024 * 1024))) await Promise.race([once(asked, 'drain'), sleep(2000)]);
    }
    asked.end();
    const [answer] = await answered;
    expect(answer.statusCode).toBe(413);
    expect(JSON.parse((await readAll(answer)).toString())).toMatchObject({ code: 'body_too_large' });
  });

  it('is not one at the very limit', async () => {
    gateway.answer(async (req, res) => res.end(String((await readAll(req)).length)));
    const asked = post();
    asked.end(Buffer.alloc(maxBodyBytes));
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    expect((await readAll(answer)).toString()).toBe(String(maxBodyBytes));
  });
});

describe('downloads', () => {
  it('reach the client while the service is still sending', async () => {
    const { promise: more, resolve } = Promise.withResolvers<void>();
    gateway.answer(async (_req, res) => {
      res.write('one');
      await more;
      res.end('two');
    });
    const asked = request({ port: gateway.port, path: '/api/echo', agent: false }).end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const [first] = await once(answer, 'data');
    expect(String(first)).toBe('one');
    resolve();
    expect((await readAll(answer)).toString()).toBe('two');
  });

  it('wait when the client does not read', async () => {
    let sent = 0;
    gateway.answer((_req, res) => {
      const pump = (): void => {
        while (sent < 64 * 1024 * 1024) {
          sent += 65_536;
          if (!res.write(Buffer.alloc(65_536))) return;
        }
        res.end();
      };
      res.on('drain', pump);
      pump();
    });
    const socket = connect(gateway.port, '127.0.0.1', () => {
      socket.pause();
      socket.write('GET /api/echo HTTP/1.1\r\nhost: x\r\n\r\n');
    });
    let before = -1;
    for (; before !== sent || sent === 0; before = sent, await sleep(300));
    expect(sent).toBeLessThan(32 * 1024 * 1024);
    socket.destroy();
  });

  it('end at the service when the client goes away', async () => {
    let closed = false;
    gateway.answer((_req, res) => {
      res.on('close', () => {
        closed = true;
      });
      res.write('one');
    });
    const asked = request({ port: gateway.port, path: '/api/echo', agent: false }).end();
    await once(asked, 'response');
    asked.on('error', () => undefined).destroy();
    await eventually(() => closed);
  });

  it('that break off are cut, never looking whole', async () => {
    gateway.answer((_req, res) => {
      res.writeHead(200, { 'content-type': 'text/csv' });
      res.write('half');
      setTimeout(() => res.destroy(), 50);
    });
    await expect(call(gateway.port, '/api/echo')).rejects.toThrow(/aborted|reset|hang up/);
  });
});

describe('an answer that comes before the upload ends', () => {
  it.each([{ connection: 'close' }, { connection: 'keep-alive' }])(
    'is read by a client that goes on sending: %o',
    async (headers) => {
      gateway.answer((req, res) => {
        req.once('data', () =>
          res.writeHead(415, { 'content-type': 'application/problem+json' }).end('{"code":"unsupported_media_type"}'),
        );
      });
      const asked = post(headers);
      const answered = once(asked, 'response') as Promise<[IncomingMessage]>;
      for (let i = 0; i < 10; i += 1) {
        asked.write(Buffer.alloc(500_000));
        await sleep(20);
      }
      asked.end();
      const [answer] = await answered;
      expect(answer.statusCode).toBe(415);
      expect(JSON.parse((await readAll(answer)).toString()).code).toBe('unsupported_media_type');
    },
  );
});
