import { isDeepStrictEqual } from 'node:util';
import { type Document, httpMethods, type Json, walk } from './document.ts';

const refTo = (kind: string, name: string): string => `#/components/${kind}/${name}`;
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** References of the document's components whose name the merged document already has with another meaning. */
function collisions(into: Document, own: Document): Set<string> {
  const all = Object.entries(own.components).flatMap(([kind, named]) =>
    Object.entries(named).map(([name, value]) => ({
      ref: refTo(kind, name),
      value,
      known: into.components[kind]?.[name],
    })),
  );
  const shared = all.filter(({ known }) => known !== undefined);
  const found = new Set(shared.filter(({ known, value }) => !isDeepStrictEqual(known, value)).map(({ ref }) => ref));
  // What looks the same but refers to something renamed is not the same.
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const { ref, value } of shared) {
      walk(value, (node) => {
        if (typeof node.$ref === 'string' && found.has(node.$ref)) found.add(ref);
      });
    }
  }
  return found;
}

function renameSecurity(security: unknown, names: Map<string, string>): unknown {
  if (!Array.isArray(security)) return security;
  return security.map((entry: Json) =>
    Object.fromEntries(Object.entries(entry).map(([name, scopes]) => [names.get(name) ?? name, scopes])),
  );
}

/** A copy of `own` whose components can be added to `into`: equal ones are shared, others get the app's name in front. */
export function renameCollisions(into: Document, own: Document, app: string): Document {
  const renamed = new Map<string, string>();
  const schemes = new Map<string, string>();
  for (const ref of collisions(into, own)) {
    const [, , kind = '', name = ''] = ref.split('/');
    const taken = (candidate: string): boolean =>
      candidate in (into.components[kind] ?? {}) || candidate in (own.components[kind] ?? {});
    let free = `${capital(app)}${capital(name)}`;
    for (let n = 2; taken(free); n += 1) free = `${capital(app)}${capital(name)}${n}`;
    renamed.set(ref, refTo(kind, free));
    if (kind === 'securitySchemes') schemes.set(name, free);
  }
  const copy = structuredClone(own);
  for (const [kind, named] of Object.entries(copy.components)) {
    copy.components[kind] = Object.fromEntries(
      Object.entries(named).map(([name, value]) => [renamed.get(refTo(kind, name))?.split('/')[3] ?? name, value]),
    );
  }
  walk(copy, (node) => {
    if (typeof node.$ref === 'string') node.$ref = renamed.get(node.$ref) ?? node.$ref;
    const mapping = (node.discriminator as Json | undefined)?.mapping;
    if (typeof mapping === 'object' && mapping !== null) {
      for (const [value, ref] of Object.entries(mapping))
        Object.assign(mapping, { [value]: renamed.get(String(ref)) ?? ref });
    }
  });
  for (const item of Object.values(copy.paths)) {
    for (const [method, operation] of Object.entries(item as Record<string, Json>)) {
      if (httpMethods.has(method)) operation.security = renameSecurity(operation.security, schemes);
      if (httpMethods.has(method) && operation.security === undefined) delete operation.security;
    }
  }
  return copy;
}
