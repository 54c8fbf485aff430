import { RefreshDocument, type AuthFieldsFragment, type TypedDocumentString } from './generated/graphql';

export interface Login {
  readonly username: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** A refusal of the API, by its code. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly reason?: string,
  ) {
    super(message);
  }
}

const STORED = 'jungle-buzz.login';

export function storedLogin(): Login | null {
  const text = localStorage.getItem(STORED);
  return text ? (JSON.parse(text) as Login) : null;
}

export function storeLogin(login: Login | null): void {
  if (login) localStorage.setItem(STORED, JSON.stringify(login));
  else localStorage.removeItem(STORED);
}

export const loginOf = (payload: AuthFieldsFragment): Login => ({
  username: payload.user.username,
  accessToken: payload.accessToken,
  refreshToken: payload.refreshToken,
});

/** @throws ApiError */
export async function ask<T, V>(url: string, document: TypedDocumentString<T, V>, variables: V, token?: string): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query: String(document), variables }),
  });
  const { data, errors } = (await response.json()) as {
    data?: T;
    errors?: { message: string; extensions?: { code?: string; reason?: string } }[];
  };
  const error = errors?.[0];
  if (error) throw new ApiError(error.extensions?.code ?? 'UNKNOWN', error.message, error.extensions?.reason);
  return data as T;
}

/**
 * The next pair of tokens. One tab at a time, and with the token as it is stored by then: a refresh token works once.
 * @returns null if the log-in is over
 */
export async function refreshLogin(url: string): Promise<Login | null> {
  return await navigator.locks.request('jungle-buzz.refresh', async () => {
    const login = storedLogin();
    if (!login) return null;
    try {
      const next = loginOf((await ask(url, RefreshDocument, { refreshToken: login.refreshToken })).refresh);
      storeLogin(next);
      return next;
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'UNAUTHENTICATED') throw error;
      storeLogin(null);
      return null;
    }
  });
}
