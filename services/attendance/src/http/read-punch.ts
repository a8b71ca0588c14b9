import { AppError } from '@muster/contracts';
import {
  type KioskPunchBody,
  kioskPunchBody,
  type PunchBody,
  punchBody,
  punchHeaders,
} from '@muster/contracts/http/attendance';
import { refuseQuery, toFieldErrors } from '@muster/service-kit';
import type { Context } from 'hono';
import type { z } from 'zod';

/** What a punch request carries: one's own punch, or `kiosk`, somebody's in front of one. */
export type PunchRequest = { key: string | undefined } & ({ body: PunchBody } | { kiosk: KioskPunchBody });

const nothing = punchBody.parse({});

/**
 * Reads a punch by the schemas its route is documented with. By hand, since the generic validators copy every header and
 * cost a tenth of a check-in. No body is an empty one. Throws as they do: 400, 415.
 */
export async function readPunch(c: Context): Promise<PunchRequest> {
  refuseQuery(c);
  const key = readKey(c.req.header('idempotency-key'));
  const given = readJson(await c.req.text(), c.req.header('content-type'));
  if (given === undefined) return { key, body: nothing };
  return namesSomebody(given) ? { key, kiosk: accept(kioskPunchBody, given) } : { key, body: accept(punchBody, given) };
}

function readKey(key: string | undefined): string | undefined {
  if (key === undefined) return undefined;
  const result = punchHeaders.safeParse({ 'idempotency-key': key });
  if (result.success) return key;
  throw new AppError('invalid_input', 'Some fields are not acceptable.', {
    errors: toFieldErrors(result.error, 'header'),
  });
}

const namesSomebody = (given: unknown): boolean =>
  typeof given === 'object' && given !== null && ('qr' in given || 'pin' in given || 'employeeId' in given);

function accept<S extends z.ZodType>(schema: S, given: unknown): z.output<S> {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new AppError('invalid_input', 'Some fields are not acceptable.', {
    errors: toFieldErrors(result.error, 'body'),
  });
}

function readJson(text: string, contentType: string | undefined): unknown {
  if (text === '') return undefined;
  if (!contentType || !/^application\/json\s*(;|$)/i.test(contentType))
    throw new AppError('unsupported_media_type', 'Send the body as application/json.');
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('invalid_json', 'The body is not valid JSON.');
  }
}
