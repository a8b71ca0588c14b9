import { AppError, type ErrorCode } from '@muster/contracts';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createHttp, register } from '../src/index.ts';

interface Line {
  level: number;
  msg: string;
  route?: string;
}

function loggedApp() {
  const lines: Line[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const app = createHttp({ service: 'test', log });
  app.use('/items/*', async (c, next) => {
    if (c.req.header('x-stop')) throw new AppError('forbidden', 'Stopped.');
    await next();
  });
  app.get('/items/today', (c) => c.text('today'));
  app.get('/items/:id', (c) => c.text('one'));
  app.get('/fail/:code', (c) => {
    throw new AppError(c.req.param('code') as ErrorCode, 'As asked.');
  });
  return { app, lines };
}

describe('the route in logs and metrics', () => {
  it.each([
    ['/items/today', '/items/today'],
    ['/items/7', '/items/:id'],
    ['/nowhere', '/*'],
  ])('of %s is %s', async (path, route) => {
    const { app, lines } = loggedApp();
    await app.request(path);
    expect(lines).toMatchObject([{ route }]);
    expect(await register.metrics()).toContain(`method="GET",route="${route}"`);
  });

  it('is the one that was asked for when a middleware answers', async () => {
    const { app, lines } = loggedApp();
    for (const path of ['/items/today', '/items/7']) await app.request(path, { headers: { 'x-stop': '1' } });
    expect(lines.map(({ route }) => route)).toEqual(['/items/today', '/items/:id']);
  });
});

it('a fault is told without the secret in its path', async () => {
  const { app, lines } = loggedApp();
  app.get('/calendar/:file', () => {
    throw new Error('broken');
  });
  const secret = 'q'.repeat(43);
  expect((await app.request(`/calendar/${secret}.ics?key=${secret}`)).status).toBe(500);
  expect(lines.map(({ msg }) => msg)).toContain('request failed');
  expect(JSON.stringify(lines)).not.toContain(secret);
});

describe('the level of the access log', () => {
  it.each([
    ['overloaded', 'warn'],
    ['rate_limited', 'warn'],
    ['unavailable', 'warn'],
    ['timeout', 'error'],
    ['not_found', 'debug'],
  ] as const)('of %s is %s, one line', async (code, level) => {
    const { app, lines } = loggedApp();
    await app.request(`/fail/${code}`);
    expect(lines.map((line) => line.level)).toEqual([pino.levels.values[level]]);
  });
});
