/** Every error code a client may meet, with the HTTP status it travels under. Clients switch on the code, never on words. */
export const errorStatus = {
  invalid_input: 400,
  invalid_json: 400,
  invalid_path: 400,
  invalid_grant: 400,
  invalid_scope: 400,
  unsupported_grant_type: 400,
  unauthenticated: 401,
  invalid_credentials: 401,
  invalid_client: 401,
  invalid_token: 401,
  refresh_reused: 401,
  totp_required: 401,
  totp_invalid: 401,
  reauthentication_required: 401,
  forbidden: 403,
  wrong_pin: 403,
  invalid_qr: 403,
  outside_geofence: 403,
  ip_not_allowed: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  conflict: 409,
  email_taken: 409,
  work_id_taken: 409,
  name_taken: 409,
  in_use: 409,
  leave_overlap: 409,
  leave_balance_exceeded: 409,
  already_checked_in: 409,
  not_checked_in: 409,
  already_on_break: 409,
  not_on_break: 409,
  month_locked: 409,
  month_open: 409,
  request_in_progress: 409,
  last_admin: 409,
  last_sign_in_way: 409,
  version_mismatch: 412,
  body_too_large: 413,
  uri_too_long: 414,
  unsupported_media_type: 415,
  idempotency_mismatch: 422,
  passkey_refused: 422,
  rate_limited: 429,
  headers_too_large: 431,
  internal: 500,
  overloaded: 503,
  unavailable: 503,
  timeout: 504,
} as const;

export type ErrorCode = keyof typeof errorStatus;
export const errorCodes = Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]];

/** One entry per offending field; `field` is a dotted path, `in` says which part of the request it was read from. */
export interface FieldError {
  field: string;
  message: string;
  in: 'body' | 'query' | 'path' | 'header';
}

export interface AppErrorOptions {
  errors?: FieldError[];
  /** Extra response headers, for instance `Retry-After` in seconds. */
  headers?: Record<string, string>;
  cause?: unknown;
}

/** An expected failure. Thrown by domain and verbs, mapped to RFC 9457 by the transport; `detail` is shown to the client. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly detail: string;
  readonly errors: FieldError[] | undefined;
  readonly headers: Record<string, string>;

  constructor(code: ErrorCode, detail: string, options: AppErrorOptions = {}) {
    super(`${code}: ${detail}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.detail = detail;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
  }

  get status(): (typeof errorStatus)[ErrorCode] {
    return errorStatus[this.code];
  }
}
