import { hash, timingSafeEqual } from 'node:crypto';
import type { RequestListener, Server } from 'node:http';
import { guardedServer, type HttpTimes } from '../guarded-server';
import { ANSWER_HEADERS, pathOf, refuse, Refusal } from '../requests';

/** Health and metrics of the process, served on each of its ports. */
export interface Health {
  /** False until the start is complete, and during a stop. */
  readonly isReady: () => boolean;
  /** Roles, engine and what is unavailable, one per line, for people. */
  readonly about: () => string;
  /** The metrics in the text format of Prometheus. */
  readonly metrics?: () => Promise<string>;
  /** Bearer token that requests for metrics must send; undefined: none. */
  readonly metricsToken?: string | undefined;
}

interface PlainAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const HEALTH_PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** @returns undefined for other paths, and for /metrics if there are no metrics */
async function healthAnswer(
  path: string,
  authorization: string | undefined,
  { isReady, about, metrics, metricsToken }: Health,
): Promise<PlainAnswer | undefined> {
  const plain = (status: number, body: string): PlainAnswer => ({ status, type: 'text/plain; charset=utf-8', body });
  if (path === '/healthz') return plain(200, 'ok\n');
  if (path === '/readyz') return isReady() ? plain(200, `ready\n${about()}`) : plain(503, `not ready\n${about()}`);
  if (path !== '/metrics' || !metrics) return undefined;
  if (metricsToken !== undefined && !isSame(authorization ?? '', `Bearer ${metricsToken}`)) {
    return plain(401, 'Send the value of METRICS_TOKEN as a Bearer token.\n');
  }
  try {
    return { status: 200, type: 'text/plain; version=0.0.4; charset=utf-8', body: await metrics() };
  } catch {
    return plain(503, 'The metrics cannot be read at the moment. Try again.\n');
  }
}

/** Compares in constant time, so that the duration reveals nothing about the token. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => hash('sha256', text, 'buffer');
  return timingSafeEqual(digest(given), digest(wanted));
}

/** Answers requests about the process; every other request goes to `next`. */
export function withHealth(health: Health, next: RequestListener): RequestListener {
  return (request, response) => {
    const path = pathOf(request);
    if (!HEALTH_PATHS.has(path) || (request.method !== 'GET' && request.method !== 'HEAD')) {
      next(request, response);
      return;
    }
    void healthAnswer(path, request.headers.authorization, health).then((answer) => {
      if (!answer) {
        next(request, response);
        return;
      }
      const { status, type, body } = answer;
      response
        .writeHead(status, { ...ANSWER_HEADERS, 'content-type': type, 'content-length': Buffer.byteLength(body) })
        .end(body);
    });
  };
}

/** A server for a process without the roles api and live. Does not listen yet. */
export function createHealthServer(health: Health, times: HttpTimes): Server {
  const nothingElse = new Refusal(
    404,
    'This process has the role worker: it serves /healthz, /readyz and /metrics.',
    {},
    'NOT_FOUND',
  );
  return guardedServer(
    times,
    withHealth(health, (request, response) => {
      refuse(request, response, nothingElse);
    }),
  );
}

export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
