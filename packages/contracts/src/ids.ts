import { z } from 'zod';

/** An id as it appears in paths and bodies. Ours are UUIDv7; any well-formed UUID is looked up and simply not found. */
export const id = z.uuid();

/** An instant: RFC 3339 with an offset; we always answer with `Z`. */
export const instant = z.iso.datetime({ offset: true });

/** A calendar date at a site, `YYYY-MM-DD`. */
export const localDate = z.iso.date();

/** True when this runtime's time-zone database knows the name. */
function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

/** An IANA time-zone name, for instance `Europe/Berlin`. */
export const zone = z.string().max(64).refine(isZone, 'must be an IANA time zone');
