import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRouter } from '@muster/service-kit';

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Muster API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="stylesheet" href="/docs/page.css">
</head>
<body>
<header>
<strong>Muster API</strong>
<nav aria-label="Version"><a href="/docs">/api, the current version</a> <a href="/docs?version=v1">/api/v1</a></nav>
</header>
<div id="docs"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const style = `body { margin: 0; }
header { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; align-items: baseline; padding: 0.75rem 1.25rem; background: #1b2a3a;
  color: #fff; font: 1rem/1.5 system-ui, sans-serif; }
header a { color: #cfe3f7; margin-right: 1rem; }
header a[aria-current] { color: #fff; font-weight: 600; text-decoration: none; }
`;

// No validator: the page must work without the internet, and tells nobody what it shows. A token stays in the memory of the tab.
const start = `const pinned = new URLSearchParams(location.search).get('version') === 'v1';
document.querySelectorAll('header a')[pinned ? 1 : 0].setAttribute('aria-current', 'page');
SwaggerUIBundle({ url: pinned ? '/api/v1/openapi.json' : '/openapi.json', dom_id: '#docs', deepLinking: true,
  displayRequestDuration: true, docExpansion: 'none', defaultModelsExpandDepth: -1, filter: true, validatorUrl: null,
  tryItOutEnabled: true });
`;

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  // Swagger UI sets styles of single elements while it draws.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const fromPackage = (name: string): string =>
  readFileSync(new URL(import.meta.resolve(`swagger-ui-dist/${name}`)), 'utf8');

/** `GET /docs`: Swagger UI from its npm package, served by ourselves, over `/openapi.json`. */
export function docsRoutes() {
  const files: Record<string, { type: string; read: () => string }> = {
    '/docs': { type: 'text/html; charset=utf-8', read: () => page },
    '/docs/start.js': { type: 'text/javascript; charset=utf-8', read: () => start },
    '/docs/page.css': { type: 'text/css; charset=utf-8', read: () => style },
    '/docs/swagger-ui.css': { type: 'text/css; charset=utf-8', read: () => fromPackage('swagger-ui.css') },
    '/docs/swagger-ui-bundle.js': {
      type: 'text/javascript; charset=utf-8',
      read: () => fromPackage('swagger-ui-bundle.js'),
    },
  };
  const router = createRouter();
  for (const [path, { type, read }] of Object.entries(files)) {
    let kept: { body: string; etag: string } | undefined;
    router.get(path, (c) => {
      if (!kept) {
        const body = read();
        kept = { body, etag: `"${hash('sha256', body).slice(0, 32)}"` };
      }
      const headers = { etag: kept.etag, 'cache-control': 'no-cache', 'content-security-policy': policy };
      if (c.req.header('if-none-match') === kept.etag) return c.body(null, 304, headers);
      return c.body(kept.body, 200, { ...headers, 'content-type': type });
    });
  }
  return router;
}
