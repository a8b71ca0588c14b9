import { type ErrorCode, errorStatus, problemSchema } from '@muster/contracts';
import type { z } from 'zod';

const problemContent = { 'application/problem+json': { schema: problemSchema } } as const;

type StatusOf<C extends ErrorCode> = (typeof errorStatus)[C];
type ProblemResponse = { description: string; content: typeof problemContent };
/** Responses map of error codes, grouped by the status they travel under. */
export type ProblemResponses<C extends ErrorCode> = { [S in StatusOf<C>]: ProblemResponse };

/** Documents that a route may answer with these codes: `responses: { 200: jsonOk(x), ...problems('not_found') }`. */
export function problems<C extends ErrorCode>(...codes: C[]): ProblemResponses<C> {
  const responses: Record<number, ProblemResponse> = {};
  for (const status of new Set(codes.map((code) => errorStatus[code]))) {
    const names = codes.filter((code) => errorStatus[code] === status);
    responses[status] = { description: [...new Set(names)].join(', '), content: problemContent };
  }
  return responses as ProblemResponses<C>;
}

/** Codes that any authenticated route may answer with, without the ones of its own. */
export const commonCodes = [
  'invalid_input',
  'invalid_json',
  'invalid_path',
  'unauthenticated',
  'forbidden',
  'method_not_allowed',
  'body_too_large',
  'unsupported_media_type',
  'rate_limited',
  'internal',
  'overloaded',
  'unavailable',
  'timeout',
] as const satisfies ErrorCode[];

/** {@link commonCodes} as a responses map, plus what the route adds: `...commonProblems('not_found', 'email_taken')`. */
export const commonProblems = <C extends ErrorCode = never>(...own: C[]) =>
  problems<C | (typeof commonCodes)[number]>(...commonCodes, ...own);

/** `request.body` of a route that takes JSON. A missing body is validated as `{}`, so an all-optional schema may be left out. */
export const jsonBody = <S extends z.ZodType>(schema: S) => ({
  required: true as const,
  content: { 'application/json': { schema } },
});

/** A 200 with JSON. */
export const jsonOk = <S extends z.ZodType>(schema: S, description = 'OK') => ({
  description,
  content: { 'application/json': { schema } },
});

/** A 201 with JSON; the handler sets `Location`. */
export const created = <S extends z.ZodType>(schema: S, description = 'Created') => ({
  description,
  headers: { Location: { description: 'Path of what was created', schema: { type: 'string' as const } } },
  content: { 'application/json': { schema } },
});

/** A 204. */
export const noContent = (description = 'Done') => ({ description });

/** `security` of a route that needs an access token. */
export const bearer: Record<string, string[]>[] = [{ bearer: [] }];
