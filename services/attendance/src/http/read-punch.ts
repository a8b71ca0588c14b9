import { AppError } from '@muster/contracts';
import { type PunchBody, punchBody, punchHeaders } from '@muster/contracts/http/attendance';
import { refuseQuery, toFieldErrors } from '@muster/service-kit';
import type { Context } from 'hono';

/** What a punch request carries. */
export interface PunchRequest {
  body: PunchBody;
  key: string | undefined;
}

const nothing = punchBody.parse({});

/**
 * Reads a punch by the schemas its route is documented with. By hand, since the generic validators copy every header and
 * cost a tenth of a check-in. No body is an empty one. Throws as they do: 400, 415.
 */
export async function readPunch(c: Context): Promise<PunchRequest> {
  refuseQuery(c);
  return {
    key: readKey(c.req.header('idempotency-key')),
    body: readBody(await c.req.text(), c.req.header('content-type')),
  };
}

function readKey(key: string | undefined): string | undefined {
  if (key === undefined) return undefined;
  const result = punchHeaders.safeParse({ 'idempotency-key': key });
  if (result.success) return key;
  throw new AppError('invalid_input', 'Some fields are not acceptable.', {
    errors: toFieldErrors(result.error, 'header'),
  });
}

function readBody(text: string, contentType: string | undefined): PunchBody {
  if (text === '') return nothing;
  if (!contentType || !/^application\/json\s*(;|$)/i.test(contentType))
    throw new AppError('unsupported_media_type', 'Send the body as application/json.');
  const result = punchBody.safeParse(parse(text));
  if (result.success) return result.data;
  throw new AppError('invalid_input', 'Some fields are not acceptable.', {
    errors: toFieldErrors(result.error, 'body'),
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('invalid_json', 'The body is not valid JSON.');
  }
}
