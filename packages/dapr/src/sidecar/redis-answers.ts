import { connect } from 'node:net';

/** True when a Redis at `host:port` serves commands. `-NOAUTH` counts; one still loading its data does not. Never throws. */
export function redisAnswers(address: string, timeoutMs = 1000): Promise<boolean> {
  const at = address.lastIndexOf(':');
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host: address.slice(0, at), port: Number(address.slice(at + 1)), timeout: timeoutMs });
  const done = (answer: boolean): void => {
    socket.destroy();
    resolve(answer);
  };
  socket.once('connect', () => socket.write('PING\r\n'));
  socket.once('data', (data) => done(/^\+PONG|^-NOAUTH/.test(data.toString())));
  socket.once('timeout', () => done(false));
  socket.once('error', () => done(false));
  socket.once('close', () => done(false));
  return promise;
}
