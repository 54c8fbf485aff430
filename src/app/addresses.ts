import type { IncomingMessage } from 'node:http';
import type { Config } from '../config/config';
import { SAME_ORIGIN } from '../config/parsers';
import type { HttpTimes } from '../servers/guarded-server';
import { hostPolicy, type AllowsHost } from '../servers/host-policy';
import type { PageEndpoints } from '../servers/http/static-files';
import { GRAPHQL_PATH } from '../servers/requests';
import type { Ports } from './base';

/** Origins that may use the API. The product's own page is always allowed. Outside production an empty list allows every origin. */
export function allowedOriginsOf(config: Config): 'any' | readonly string[] {
  if (config.CORS_ORIGINS.length === 0 && config.NODE_ENV !== 'production') return 'any';
  const own = [fixedUrl(config), config.PUBLIC_WS_URL?.replace(/^ws/, 'http')].flatMap((url) =>
    url ? [new URL(url).origin] : [],
  );
  return [...config.CORS_ORIGINS, ...own];
}

export const httpTimes = (config: Config): HttpTimes => ({
  headersTimeoutMs: config.HEADERS_TIMEOUT,
  requestTimeoutMs: config.REQUEST_TIMEOUT,
});

/** PUBLIC_URL unless it is `same-origin`. */
export const fixedUrl = ({ PUBLIC_URL: url }: Config): string | undefined => (url === SAME_ORIGIN ? undefined : url);

/** With `same-origin` the address is whatever the browser asked for, so production has to check the host name. */
export function allowedHostsOf(config: Config): AllowsHost {
  if (config.NODE_ENV !== 'production' || config.PUBLIC_URL !== SAME_ORIGIN) return () => true;
  const ofOrigins = config.CORS_ORIGINS.filter((origin) => /^https?:/.test(origin)).map((origin) => new URL(origin).hostname);
  return hostPolicy([...config.ALLOWED_HOSTS, ...ofOrigins]);
}

/** The Host header of a request, or one that is safe to repeat in a header of the answer. */
function hostOf(request: Pick<IncomingMessage, 'headers'>, ports: Ports): string {
  const asked = request.headers.host ?? '';
  return /^([\w.-]+|\[[\da-f:.]+\])(:\d+)?$/i.test(asked) ? asked : `localhost:${ports.http}`;
}

/** Addresses for the page. With `same-origin` they are paths, because only the browser knows whether a proxy serves HTTPS. */
export function pageEndpointsOf(config: Config, ports: Ports, request: Pick<IncomingMessage, 'headers'>): PageEndpoints {
  const { http, ws } = endpointsOf(config, ports, request);
  const fixed = { http, ws, sources: [http, ws, ws.replace(/^ws/, 'http')].map((url) => new URL(url).origin) };
  if (config.PUBLIC_URL !== SAME_ORIGIN) return fixed;
  if (config.PUBLIC_WS_URL) return { ...fixed, http: GRAPHQL_PATH };
  const host = hostOf(request, ports);
  return { http: GRAPHQL_PATH, ws: GRAPHQL_PATH, sources: [`ws://${host}`, `wss://${host}`] };
}

/** Address of the page for a client that sent this request, without a path. */
export function pageUrlOf(config: Config, ports: Ports, request: Pick<IncomingMessage, 'headers'>): string {
  const host = hostOf(request, ports);
  // Only the browser knows whether a proxy serves HTTPS.
  const isSecure = request.headers.origin === `https://${host}`;
  return fixedUrl(config) ?? `${isSecure ? 'https' : 'http'}://${host}`;
}

/** Absolute addresses of the API for a client that sent this request. */
export function endpointsOf(
  config: Config,
  ports: Ports,
  request: Pick<IncomingMessage, 'headers'>,
): { http: string; ws: string } {
  const host = hostOf(request, ports);
  const http = fixedUrl(config) ?? `http://${host}`;
  // A process without the role live knows the port of the subscriptions from the setting only.
  const separate = `ws://${host.replace(/:\d+$/, '')}:${ports.ws || config.WS_PORT}`;
  const ws = config.PUBLIC_WS_URL ?? (config.PUBLIC_URL === SAME_ORIGIN ? `ws://${host}` : separate);
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
