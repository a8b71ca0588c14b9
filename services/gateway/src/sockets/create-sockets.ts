import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { AppError } from '@muster/contracts';
import { requestIdOf } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { clientOf } from '../edge/client-address.ts';
import { requestHeaders } from '../proxy/request-headers.ts';
import { join } from './join.ts';
import { openUpstream } from './open-upstream.ts';
import { createPolling } from './polling.ts';
import { passRefusal, refuseUpgrade, switching } from './raw-answer.ts';
import { createTargets, stickyKey } from './targets.ts';

/** The `/socket.io/` side of the gateway: straight to `events`, since sidecars cut idle streams. */
export interface Sockets {
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  poll(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** Ends every socket and refuses new ones: clients connect again, to another gateway. */
  close(): Promise<void>;
}

// Nothing but this one path with a printable query goes to `events` directly.
const socketPath = /^\/socket\.io\/(?:\?[\x21-\x7e]*)?$/;
export const isSocketPath = (url: string | undefined): boolean => socketPath.test(url ?? '');

const away = (): AppError =>
  new AppError('unavailable', 'Live updates are away for the moment.', { headers: { 'retry-after': '2' } });

export function createSockets(deps: Deps): Sockets {
  const { log } = deps;
  const targets = createTargets(deps.config.EVENTS_URL);
  const open = new Set<Duplex>();
  const polling = createPolling(deps, targets);
  let closing = false;

  const connect = async (req: IncomingMessage, socket: Duplex, head: Buffer, requestId: string): Promise<void> => {
    const client = clientOf(req, deps.config.TRUST_PROXY_HOPS);
    const url = req.url ?? '';
    if (closing) throw away();
    if (!isSocketPath(url)) throw new AppError('not_found', 'There is nothing here.');
    await deps.gate.admitSocket(client.address);
    const headers = requestHeaders(req, client, requestId);
    for (const target of targets.order(stickyKey(url, client.address))) {
      const opened = await openUpstream(target.url, url, headers).catch((err) => {
        targets.avoid(target);
        log.warn({ requestId, target: target.url.host, err }, 'events does not answer an upgrade');
      });
      if (!opened) continue;
      if (!opened.socket) return passRefusal(opened.answer, socket);
      if (socket.destroyed || closing) {
        opened.socket.destroy();
        throw away();
      }
      (opened.socket as Socket).setTimeout(0).setNoDelay(true).setKeepAlive(true, 30_000);
      socket.write(switching(opened.answer));
      if (opened.head.length > 0) socket.write(opened.head);
      if (head.length > 0) opened.socket.write(head);
      return join(socket, opened.socket);
    }
    throw away();
  };

  return {
    async upgrade(req, socket, head) {
      const given = req.headers['x-request-id'];
      const requestId = requestIdOf(typeof given === 'string' ? given : undefined);
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      // Before anything is awaited: a client that leaves now must not end the process.
      socket.on('error', () => undefined);
      (socket as Socket).setTimeout(0).setNoDelay(true).setKeepAlive(true, 30_000);
      try {
        await connect(req, socket, head, requestId);
      } catch (thrown) {
        if (!(thrown instanceof AppError)) log.error({ requestId, err: thrown }, 'upgrade failed');
        refuseUpgrade(socket, thrown instanceof AppError ? thrown : away(), requestId);
      }
    },
    poll: polling.poll,
    async close() {
      closing = true;
      polling.close();
      for (const socket of open) socket.destroy();
      await targets.close();
    },
  };
}
