import { createRoute } from '@hono/zod-openapi';
import { AppError, type ErrorCode } from '@muster/contracts';
import { z } from 'zod';
import {
  commonProblems,
  created,
  createHttp,
  createLogger,
  jsonBody,
  jsonOk,
  mountHealth,
  mountOpenApi,
  problems,
} from '../src/index.ts';

export const silent = createLogger({ service: 'test', level: 'silent' });

const person = z.strictObject({
  name: z.string().min(2),
  age: z.int().optional(),
  tags: z.array(z.string()).default([]),
});

const createPerson = createRoute({
  method: 'post',
  path: '/people',
  request: { body: jsonBody(person) },
  responses: { 201: created(person), ...commonProblems('email_taken') },
});
const getPerson = createRoute({
  method: 'get',
  path: '/people/{id}',
  request: { params: z.object({ id: z.uuid() }), query: z.strictObject({ limit: z.coerce.number().int().optional() }) },
  responses: { 200: jsonOk(z.object({ id: z.string() })), ...problems('invalid_input', 'not_found') },
});

export class Outage extends Error {}

/** A small service with a route for every way to fail. */
export function exampleApp(bodyLimitBytes = 1000) {
  const isOutage = (error: unknown): boolean => error instanceof Outage;
  const app = createHttp({ service: 'test', log: silent, bodyLimitBytes, isOutage });
  app.openapi(createPerson, (c) => c.json(c.req.valid('json'), 201, { Location: '/people/1' }));
  app.openapi(getPerson, (c) => c.json({ id: c.req.valid('param').id }, 200));
  app.post('/raw', async (c) => c.json({ size: (await c.req.arrayBuffer()).byteLength }));
  app.get('/fail/:code', (c) => {
    throw new AppError(c.req.param('code') as ErrorCode, 'As asked.', { headers: { 'Retry-After': '7' } });
  });
  app.get('/own', () => new Response('mine'));
  app.get('/outage', () => {
    throw new Outage('connect ECONNREFUSED 10.0.0.7:5432');
  });
  app.get('/bug', () => {
    throw new TypeError('secret table users_v2');
  });
  mountHealth(app, { ready: { always: async () => true } });
  mountOpenApi(app, { title: 'Test', version: '1' });
  return app;
}

export const id = '0198a000-0000-7000-8000-000000000001';
