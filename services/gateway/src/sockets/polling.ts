import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '@muster/contracts';
import { requestIdOf } from '@muster/service-kit';
import type { Dispatcher } from 'undici';
import type { Deps } from '../deps.ts';
import { clientOf } from '../edge/client-address.ts';
import { edgeHeaders } from '../edge/edge-headers.ts';
import { replyProblem } from '../edge/reply.ts';
import { relay } from '../proxy/relay.ts';
import { requestHeaders } from '../proxy/request-headers.ts';
import { takeBody } from '../proxy/take-body.ts';
import { stickyKey, type Targets } from './targets.ts';

/** Socket.IO's long polling, for clients that cannot have a WebSocket. `close` ends the polls that hang. */
export function createPolling(deps: Deps, targets: Targets): { poll: Poll; close(): void } {
  const hanging = new Set<ServerResponse>();

  const pass = async (req: IncomingMessage, res: ServerResponse, requestId: string): Promise<void> => {
    const client = clientOf(req, deps.config.TRUST_PROXY_HOPS);
    const headers = [...edgeHeaders(deps, req, client), ['x-request-id', requestId] as const];
    try {
      await deps.gate.admitSocket(client.address);
      const url = req.url ?? '';
      const [target] = targets.order(stickyKey(url, client.address));
      if (!target) throw new AppError('unavailable', 'Live updates are away for the moment.');
      const body = await takeBody(req);
      const request = {
        path: url,
        method: (req.method ?? 'GET') as Dispatcher.HttpMethod,
        headers: requestHeaders(req, client, requestId),
        body: body.kind === 'none' ? null : body.kind === 'bytes' ? body.bytes : body.open(),
      };
      const outcome = await relay(target.pool, request, { res, headers, anyError: true });
      if (!('failure' in outcome)) return;
      if (outcome.failure.away && !res.destroyed) targets.avoid(target);
      throw outcome.failure.error;
    } catch (thrown) {
      const known = thrown instanceof AppError;
      if (!known && !res.destroyed) deps.log.error({ requestId, err: thrown }, 'polling failed');
      replyProblem(
        res,
        known ? thrown : new AppError('internal', 'Something went wrong on our side.'),
        requestId,
        headers,
      );
    }
  };

  return {
    async poll(req, res) {
      const given = req.headers['x-request-id'];
      hanging.add(res);
      await pass(req, res, requestIdOf(typeof given === 'string' ? given : undefined));
      hanging.delete(res);
    },
    close() {
      for (const res of hanging) res.destroy();
    },
  };
}

type Poll = (req: IncomingMessage, res: ServerResponse) => Promise<void>;
