import { createServer, type Server } from 'node:http';

/** What the process says of itself on each of its ports. */
export interface Health {
  /** Whether it serves: not before the start is through, and not while stopping. */
  readonly isReady: () => boolean;
  /** Lines for people: roles and engine. */
  readonly about: string;
}

export interface PlainAnswer {
  readonly status: number;
  readonly body: string;
}

/** @returns undefined for a path that is not about the process */
export function healthAnswer(path: string | undefined, { isReady, about }: Health): PlainAnswer | undefined {
  if (path === '/healthz') return { status: 200, body: 'ok\n' };
  if (path !== '/readyz') return undefined;
  return isReady() ? { status: 200, body: `ready\n${about}` } : { status: 503, body: `not ready\n${about}` };
}

/** A port for a process that serves nothing else. Does not listen yet. */
export function createHealthServer(health: Health): Server {
  return createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    const { status, body } = healthAnswer(request.url?.split('?')[0], health) ?? {
      status: 404,
      body: 'This process has the role worker: it serves /healthz and /readyz.\n',
    };
    response.writeHead(status, { 'content-type': 'text/plain' }).end(body);
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
