import { hash, timingSafeEqual } from 'node:crypto';
import type { Server } from 'node:http';
import { guardedServer, type HttpTimes } from '../guarded-server';

/** What the process says of itself on each of its ports. */
export interface Health {
  /** Whether it serves: not before the start is through, and not while stopping. */
  readonly isReady: () => boolean;
  /** Lines for people: roles and engine. */
  readonly about: string;
  /** What is counted, in the text format of Prometheus. */
  readonly metrics?: () => Promise<string>;
  /** Who asks for the metrics must show it, if there is one. */
  readonly metricsToken?: string | undefined;
}

export interface PlainAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export const HEALTH_PATHS = ['/healthz', '/readyz', '/metrics'];

/** @returns undefined for a path that is not about the process */
export async function healthAnswer(
  path: string | undefined,
  authorization: string | undefined,
  { isReady, about, metrics, metricsToken }: Health,
): Promise<PlainAnswer | undefined> {
  const plain = (status: number, body: string): PlainAnswer => ({ status, type: 'text/plain; charset=utf-8', body });
  if (path === '/healthz') return plain(200, 'ok\n');
  if (path === '/readyz') return isReady() ? plain(200, `ready\n${about}`) : plain(503, `not ready\n${about}`);
  if (path !== '/metrics' || !metrics) return undefined;
  if (metricsToken !== undefined && !isSame(authorization ?? '', `Bearer ${metricsToken}`)) {
    return plain(401, 'Send METRICS_TOKEN as a Bearer token.\n');
  }
  try {
    return { status: 200, type: 'text/plain; version=0.0.4; charset=utf-8', body: await metrics() };
  } catch {
    return plain(503, 'The metrics cannot be read right now.\n');
  }
}

/** In a time that does not tell how much of it was right. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => hash('sha256', text, 'buffer');
  return timingSafeEqual(digest(given), digest(wanted));
}

/** A port for a process that serves nothing else. Does not listen yet. */
export function createHealthServer(health: Health, times: HttpTimes): Server {
  return guardedServer(times, (request, response) => {
    void healthAnswer(request.url?.split('?')[0], request.headers.authorization, health).then((answer) => {
      const { status, type, body } = answer ?? {
        status: 404,
        type: 'text/plain',
        body: 'This process has the role worker: it serves /healthz, /readyz and /metrics.\n',
      };
      response.writeHead(status, { 'content-type': type }).end(body);
    });
  });
}

export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
