import type { IncomingMessage, ServerResponse } from 'node:http';
import cors from 'cors';
import { LRUCache } from 'lru-cache';

/** Headers that let the pages of one origin read an answer: names and values in turn. */
export type CorsHeaders = readonly string[];

/** Different Origin headers whose answer is kept. */
const MAX_ORIGINS = 100;

export interface CorsPolicy {
  /** Answers a request with the method OPTIONS. */
  readonly answerPreflight: (request: IncomingMessage, response: ServerResponse) => void;
  /** @param origin the Origin header */
  readonly headersFor: (origin: string | undefined) => CorsHeaders;
}

/** The rules of the package `cors`, which is asked once for each origin. */
export function corsPolicy(allowedOrigins: 'any' | readonly string[]): CorsPolicy {
  const apply = cors({
    origin: allowedOrigins === 'any' ? '*' : [...allowedOrigins],
    exposedHeaders: ['Retry-After'],
    maxAge: 600,
  });
  const known = new LRUCache<string, CorsHeaders>({ max: MAX_ORIGINS });
  const ask = (origin: string | undefined): CorsHeaders => {
    const headers = new Map<string, string>();
    const recorder = {
      getHeader: (name: string) => headers.get(name),
      setHeader: (name: string, value: string) => headers.set(name, value),
    };
    apply({ method: 'POST', headers: { origin } }, recorder as unknown as ServerResponse, () => undefined);
    return [...headers].flat();
  };
  const withoutOrigin = ask(undefined);
  return {
    answerPreflight: (request, response) => {
      apply(request, response, () => undefined);
    },
    headersFor: (origin) => {
      if (origin === undefined) return withoutOrigin;
      let headers = known.get(origin);
      if (!headers) known.set(origin, (headers = ask(origin)));
      return headers;
    },
  };
}
