import type { IncomingMessage } from 'node:http';
import { errorStatus } from '@muster/contracts';
import { accessLevel, type Log, redact } from '@muster/service-kit';
import type { Config } from '../config.ts';
import type { Client } from './client-address.ts';

/** One request at the front door, when it is over. */
export interface Access {
  requestId: string;
  traceparent: string;
  client: Client;
  app: string;
  status: number;
  ms: number;
  userId?: string | undefined;
}

/**
 * The access log: with `all` a line of JSON for each request, with `trouble` only for 5xx and what took over a second. Neither
 * headers nor queries nor bodies are in it. Whoever floods the door must not flood the log: what a limit refused is counted by
 * the metric and told at debug level.
 */
export function createAccessLog(log: Log, mode: Config['ACCESS_LOG']): (req: IncomingMessage, access: Access) => void {
  // Looking for secrets in a line costs ten times what making it does (50 µs), and these fields hold none.
  const plain = log.child({}, { redact: [] });
  const levelOf = ({ status, ms }: Access): 'error' | 'warn' | 'info' | 'debug' => {
    if (status === errorStatus.rate_limited) return 'debug';
    const level = accessLevel(status, ms);
    return level === 'debug' && mode === 'all' ? 'info' : level;
  };
  return (req, access) => {
    const level = levelOf(access);
    if (!plain.isLevelEnabled(level)) return;
    const { requestId, traceparent, client, app, status, ms, userId } = access;
    const { method } = req;
    const path = redact(req.url?.split('?', 1)[0] ?? '').slice(0, 300);
    const line = {
      ...{ requestId, traceId: traceparent.slice(3, 35), method, path, app, status },
      ...{ ms: Math.round(ms), address: client.address, ...(userId !== undefined && { userId }) },
      ...(req.headers['user-agent'] && { agent: req.headers['user-agent'].slice(0, 200) }),
    };
    plain[level](line, `${method} ${app} ${status}`);
  };
}
