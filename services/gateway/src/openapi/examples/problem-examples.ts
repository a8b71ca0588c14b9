import { STATUS_CODES } from 'node:http';
import { type ErrorCode, errorStatus, type Problem } from '@muster/contracts';

const details: Partial<Record<ErrorCode, string>> = {
  invalid_input: 'The request is not usable.',
  unauthenticated: 'Sign in first.',
  invalid_credentials: 'E-mail or password is wrong.',
  forbidden: 'You may not do this.',
  not_found: 'There is nothing here.',
  rate_limited: 'Too many requests. Wait a moment.',
  internal: 'Something went wrong on our side.',
  overloaded: 'Too much to do at the moment. Try again shortly.',
  unavailable: 'The service behind this cannot be reached. Try again shortly.',
  timeout: 'The service behind this took too long.',
};
const sentence = (code: string): string => `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll('_', ' ')}.`;

/** Name of the example of an error code among the components. */
export const problemName = (code: string): string => `problem_${code}`;

/** The codes a documented error answer may carry: `problems()` of service-kit lists them as its description. */
export const codesOf = (description: unknown): ErrorCode[] =>
  String(description ?? '')
    .split(', ')
    .filter((code): code is ErrorCode => Object.hasOwn(errorStatus, code));

/** What a client reads when it meets this code. */
export function problemExample(code: ErrorCode): Problem {
  const status = errorStatus[code];
  return {
    type: `urn:muster:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: details[code] ?? sentence(code),
    code,
    requestId: '5f0c7c0e-2b7e-4f6f-9a51-0f8f6f1b2c3d',
    ...(code === 'invalid_input' && { errors: [{ field: 'email', message: 'must be an e-mail address', in: 'body' }] }),
  };
}
