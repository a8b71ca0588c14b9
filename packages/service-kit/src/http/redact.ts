// Longer than any id of ours: a token in a path.
const longSegment = /(?<=\/)[\w.~%-]{40,}/g;
const query = /\?[^\s"']*/g;

/** A path, or words that name URLs, as a log may show them: without queries and without tokens in paths. */
export const redact = (text: string): string => text.replace(query, '?[redacted]').replace(longSegment, '[redacted]');
