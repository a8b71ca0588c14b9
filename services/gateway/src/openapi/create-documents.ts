import type { Deps } from '../deps.ts';
import { appFor, appsOf } from '../routes.ts';
import { type Document, document } from './document.ts';
import { mergeDocuments, type Part } from './merge-documents.ts';
import { pinVersion } from './pin-version.ts';

const keepMs = 30_000;
const limitMs = 5000;

/**
 * The merged document, of the current version or of one that is pinned. Services are asked by invocation at most every 30 s; one that is away keeps what it said last, one
 * never heard is left out and asked again next time.
 */
export function createDocuments(
  deps: Pick<Deps, 'routes' | 'sidecar' | 'log'>,
  own: () => unknown,
): (version?: 'v1') => Promise<string> {
  const apps = appsOf(deps.routes);
  const heard = new Map<string, { document: Document; at: number }>();
  let running: Promise<Document> | undefined;

  const ask = async (app: string): Promise<Document | undefined> => {
    const last = heard.get(app);
    if (last && performance.now() - last.at < keepMs) return last.document;
    try {
      const call = {
        app,
        method: 'GET',
        path: '/openapi.json',
        actor: null,
        timeoutMs: limitMs,
        schema: document,
      } as const;
      const found = await deps.sidecar.invoke<Document>(call);
      heard.set(app, { document: found, at: performance.now() });
      return found;
    } catch (err) {
      deps.log.warn({ app, err }, 'no OpenAPI document from a service');
      return last?.document;
    }
  };

  const build = async (): Promise<Document> => {
    const found = await Promise.all(apps.map(ask));
    const parts: Part[] = apps.flatMap((app, at) => {
      const theirs = found[at];
      // A path that is routed elsewhere would be answered by somebody else.
      return theirs ? [{ app, document: theirs, belongs: (path) => appFor(deps.routes, path) === app }] : [];
    });
    const gateway: Part = { app: 'gateway', document: document.parse(own()), belongs: () => true };
    return mergeDocuments([...parts, gateway]);
  };

  return async (version) => {
    running ??= build().finally(() => {
      running = undefined;
    });
    const merged = await running;
    return JSON.stringify(version ? pinVersion(merged) : merged);
  };
}
