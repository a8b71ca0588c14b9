/** One part of a token as ours are written: compact JSON in base64url without padding. */
export const encodePart = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
