import type { TypedDocumentString } from './generated/graphql';

/** A refusal of the API by its code, or `OFFLINE` if there was no answer. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly details: { readonly reason?: string; readonly field?: string; readonly retryAfter?: number } = {},
  ) {
    super(message);
  }
}

export const codeOf = (error: unknown): string => (error instanceof ApiError ? error.code : 'UNKNOWN');

interface Body<T> {
  data?: T;
  errors?: { message: string; extensions?: { code?: string; reason?: string; field?: string; retryAfter?: number } }[];
}

/** As long as a slow phone may need. */
const TIMEOUT_MS = 20_000;

/** @throws ApiError */
export async function ask<T, V>(
  url: string,
  document: TypedDocumentString<T, V>,
  variables: V,
  token?: string | null,
): Promise<T> {
  let body: Body<T>;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query: String(document), variables }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    body = (await response.json()) as Body<T>;
  } catch (error) {
    // No network, no server, or something between that answers in HTML.
    throw new ApiError('OFFLINE', String(error));
  }
  const error = body.errors?.[0];
  if (error) throw new ApiError(error.extensions?.code ?? 'UNKNOWN', error.message, error.extensions);
  return body.data as T;
}
