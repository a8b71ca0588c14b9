import { AppError } from '@muster/contracts';

export interface Target {
  path: string;
  /** The query as the client wrote it, with its `?`; empty when there is none. */
  query: string;
}

const plain = /^[A-Za-z0-9\-._~!$&'()*+,;=:@/]+$/;
const written = /^[A-Za-z0-9\-._~!$&'()*+,;=:@/%]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not pass.
const changedByDapr = /[\u0000-\u001f\u007f%#?\\{}]/;

const refused = (): AppError =>
  new AppError('invalid_path', 'The path holds characters or segments that are not accepted.');

/**
 * Dapr decodes the path, cleans it and encodes it anew: `%2f` becomes a slash, `//` and a trailing slash vanish, braces are
 * dropped, `%25` is decoded twice and the rest of the odd ones are its 500. Only what arrives as it was sent may pass.
 */
function checkPath(path: string): void {
  if (!written.test(path)) throw refused();
  let decoded = path;
  if (!plain.test(path)) {
    if (/%2f/i.test(path)) throw refused();
    try {
      decoded = decodeURIComponent(path);
    } catch {
      throw refused();
    }
    if (changedByDapr.test(decoded)) throw refused();
  }
  if (/\/\/|\/\.{1,2}(?:\/|$)|.\/$/.test(decoded)) throw refused();
}

/** Splits a request target. Throws AppError `invalid_path` for a path that would not reach the service as it was sent. */
export function checkTarget(url: string): Target {
  const at = url.indexOf('?');
  const path = at === -1 ? url : url.slice(0, at);
  checkPath(path);
  return { path, query: at === -1 ? '' : url.slice(at) };
}
