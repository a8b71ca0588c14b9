/**
 * The `User-Agent` that the gateway sends for a client without one. Left out, the sidecar's HTTP library would put in its
 * own name, and the audit log would take that for the client's.
 */
export const noUserAgent = '-';
