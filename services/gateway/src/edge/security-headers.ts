/** Sent with every answer, proxied or our own; a service's own value for one of these is replaced. */
export const securityHeaders: readonly (readonly [string, string])[] = [
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'no-referrer'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-site'],
  ['x-permitted-cross-domain-policies', 'none'],
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
];

/** Only over TLS: on plain http browsers ignore it. */
export const strictTransport = ['strict-transport-security', 'max-age=31536000; includeSubDomains'] as const;
