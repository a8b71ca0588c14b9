import { expect, test } from 'vitest';
import { createAnswerReader } from '../src/load/answer-reader.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const whole = 'HTTP/1.1 201 Created\r\nContent-Length: 4\r\nx: y\r\n\r\n{"a"';
const chunked = 'HTTP/1.1 503 Nope\r\nTransfer-Encoding: chunked\r\nRetry-After: 2\r\n\r\n4\r\n{"a"\r\n0\r\n\r\n';

test.each([
  [whole, { status: 201, retryAfter: false }],
  [chunked, { status: 503, retryAfter: true }],
  ['HTTP/1.1 204 No Content\r\n\r\n', { status: 204, retryAfter: false }],
])('an answer is read once its last byte is there, however it is cut', (text, answer) => {
  const readAtOnce = createAnswerReader();
  expect(readAtOnce(bytes(text))).toEqual(answer);

  const readByByte = createAnswerReader();
  const seen = [...text].map((char) => readByByte(bytes(char)));
  expect(seen.slice(0, -1).every((one) => one === undefined)).toBe(true);
  expect(seen.at(-1)).toEqual(answer);
});

test('the next answer on the connection is read from its own beginning', () => {
  const read = createAnswerReader();
  expect(read(bytes(whole))).toMatchObject({ status: 201 });
  expect(read(bytes(chunked))).toMatchObject({ status: 503 });
});
