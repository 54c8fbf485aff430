import type { TypedDocumentString } from './generated/graphql';

const API = new URLSearchParams(location.search).get('api') ?? 'http://localhost:4000/graphql';

/** Sends a typed document: what comes back, and what must be handed in, is known from it. */
export async function ask<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  token?: string,
): Promise<Result> {
  const response = await fetch(API, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query: String(document), variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Result; errors?: { message: string }[] };
  if (errors?.[0]) throw new Error(errors[0].message);
  return data as Result;
}
