import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Env } from 'hono';

/** Serves `GET /openapi.json` (OpenAPI 3.1 from the routes' own schemas), built on first demand and kept. */
export function mountOpenApi<E extends Env>(
  app: OpenAPIHono<E>,
  o: { title: string; description?: string; version: string },
): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
  });
  let document: string | undefined;
  app.get('/openapi.json', (c) => {
    document ??= JSON.stringify(app.getOpenAPI31Document({ openapi: '3.1.0', info: o }));
    return c.body(document, 200, { 'content-type': 'application/json' });
  });
}
