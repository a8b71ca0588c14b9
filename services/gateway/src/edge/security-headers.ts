const denied = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'microphone',
  'payment',
  'usb',
];

/**
 * Sent with every answer, proxied or our own; a service's own value for one of these is replaced. What OWASP's Secure Headers
 * project proposes, for an API whose answers are no pages.
 */
export const securityHeaders: readonly (readonly [string, string])[] = [
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'no-referrer'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-embedder-policy', 'require-corp'],
  ['cross-origin-resource-policy', 'same-site'],
  ['x-permitted-cross-domain-policies', 'none'],
  ['permissions-policy', denied.map((feature) => `${feature}=()`).join(', ')],
  ['content-security-policy', "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"],
];

/** Strict-Transport-Security for `seconds`. Only over TLS: on plain http browsers ignore it. */
export const strictTransport = (seconds: number) =>
  ['strict-transport-security', `max-age=${seconds}; includeSubDomains`] as const;
