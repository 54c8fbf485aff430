import type { TypedDocumentString } from './generated/graphql';

/** Extensions of an error, as the API documents them. */
export interface ErrorDetails {
  readonly reason?: string;
  /** The input field that the API refused. */
  readonly field?: string;
  /** Seconds to wait before the next attempt. */
  readonly retryAfter?: number;
  /** With UNAVAILABLE on a write: whether it may have been stored. */
  readonly stored?: 'no' | 'unknown';
  /** When the request will be allowed again, as an ISO date. */
  readonly until?: string;
}

/** A refusal of the API by its code, or `OFFLINE` if there was no response. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
  }
}

/** Codes of refusals after which the same request can succeed later. */
export const RETRYABLE: ReadonlySet<string> = new Set(['OFFLINE', 'UNAVAILABLE', 'RATE_LIMITED', 'UNAUTHENTICATED']);

export const codeOf = (error: unknown): string => (error instanceof ApiError ? error.code : 'UNKNOWN');

interface Body<T> {
  data?: T;
  errors?: { message: string; extensions?: ErrorDetails & { readonly code?: string } }[];
}

/** Long enough for a slow phone network. */
const TIMEOUT_MS = 20_000;

/** @param keepalive whether the request goes on when the page is closed @param locale language for what the server writes. @throws ApiError */
export async function ask<T, V>(
  url: string,
  document: TypedDocumentString<T, V>,
  variables: V,
  token?: string | null,
  keepalive = false,
  locale?: string,
): Promise<T> {
  let body: Body<T>;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
        ...(locale !== undefined && { 'accept-language': locale }),
      },
      body: JSON.stringify({ query: String(document), variables }),
      keepalive,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    body = (await response.json()) as Body<T>;
  } catch (error) {
    // No network, no server, or a proxy that responds with HTML.
    throw new ApiError('OFFLINE', String(error));
  }
  const error = body.errors?.[0];
  if (error) throw new ApiError(error.extensions?.code ?? 'UNKNOWN', error.message, error.extensions);
  return body.data as T;
}
