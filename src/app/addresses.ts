import type { IncomingMessage } from 'node:http';
import type { Config } from '../config/config';
import type { HttpTimes } from '../servers/guarded-server';
import type { Ports } from './base';

/** The own page is always allowed; an empty list means any page, outside production. */
export function allowedOriginsOf(config: Config): 'any' | readonly string[] {
  if (config.CORS_ORIGINS.length === 0 && config.NODE_ENV !== 'production') return 'any';
  const own = [config.PUBLIC_URL, config.PUBLIC_WS_URL?.replace(/^ws/, 'http')].flatMap((url) =>
    url ? [new URL(url).origin] : [],
  );
  return [...config.CORS_ORIGINS, ...own];
}

export const httpTimes = (config: Config): HttpTimes => ({
  headersTimeoutMs: config.HEADERS_TIMEOUT,
  requestTimeoutMs: config.REQUEST_TIMEOUT,
});

/** Where the page that is being served finds the API. */
export function endpointsOf(
  config: Config,
  ports: Ports,
  request: Pick<IncomingMessage, 'headers'>,
): { http: string; ws: string } {
  const asked = request.headers.host ?? '';
  // It goes into the policy of the page, so nothing but a host may stand there.
  const host = /^([\w.-]+|\[[\da-f:.]+\])(:\d+)?$/i.test(asked) ? asked : `localhost:${ports.http}`;
  const http = config.PUBLIC_URL ?? `http://${host}`;
  // A process without the role live knows the other port from the setting alone.
  const ws = config.PUBLIC_WS_URL ?? `ws://${host.replace(/:\d+$/, '')}:${ports.ws || config.WS_PORT}`;
  const withPath = (url: string) => (new URL(url).pathname === '/' ? `${url}/graphql` : url);
  return { http: withPath(http), ws: withPath(ws) };
}

/** As seen from this machine; empty for a port that is closed. */
export function urlsOf(config: Config, ports: Ports): { http: string; ws: string } {
  const host = config.HOST === '0.0.0.0' || config.HOST === '::' ? 'localhost' : config.HOST;
  return {
    http: ports.http ? `http://${host}:${ports.http}/graphql` : '',
    ws: ports.ws ? `ws://${host}:${ports.ws}/graphql` : '',
  };
}
