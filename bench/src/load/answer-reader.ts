/** The end of one HTTP/1.1 answer: what a load needs to know of it. */
export interface Answer {
  status: number;
  retryAfter: boolean;
}

const headEnd = '\r\n\r\n';
const lastChunk = '0\r\n\r\n';
const none: Buffer = Buffer.alloc(0);

/**
 * Reads answers from the pieces of one connection without pipelining; returns each when its last byte is there. Bodies are
 * only counted. Ours hold JSON, in which the end mark of a chunked body cannot occur.
 */
export function createAnswerReader(): (piece: Buffer) => Answer | undefined {
  let held = none;
  return (piece) => {
    held = held.length === 0 ? piece : Buffer.concat([held, piece]);
    const at = held.indexOf(headEnd);
    if (at === -1) return undefined;
    const head = held.toString('latin1', 0, at).toLowerCase();
    if (!isWhole(head, held, at + headEnd.length)) return undefined;
    const status = Number(head.slice(9, 12));
    held = none;
    return { status, retryAfter: head.includes('\r\nretry-after:') };
  };
}

function isWhole(head: string, held: Buffer, bodyAt: number): boolean {
  const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1];
  if (length !== undefined) return held.length >= bodyAt + Number(length);
  if (head.includes('\r\ntransfer-encoding: chunked'))
    return (
      held.length >= bodyAt + lastChunk.length && held.toString('latin1', held.length - lastChunk.length) === lastChunk
    );
  return true;
}
