/** Names of the payload of `connection_init` under which client libraries send the token, in lower case. */
const NAMES: ReadonlySet<string> = new Set(['authorization', 'authtoken']);

/** The places of a token disagree, or one of them has no token in it. */
export class TokenConflict extends Error {}

/**
 * Finds the token of a socket in the places that the guides of Apollo, urql, Relay and Hasura use: `authorization` or `authToken` in
 * the payload of `connection_init` or in its `headers`, in any case, and the Authorization header of the upgrade. A query string is
 * never read, because proxies write it to their logs.
 * @param header the Authorization header of the upgrade
 * @returns the token as `Bearer <token>`; undefined if there is none
 * @throws TokenConflict if a value is not a string, or if two places have different tokens
 */
export function socketToken(
  payload: Readonly<Record<string, unknown>> | undefined,
  header: string | undefined,
): string | undefined {
  const found = new Set<string>();
  // Basic credentials belong to a proxy in front: a browser repeats them by itself.
  if (header !== undefined && !/^basic /i.test(header)) found.add(header);
  for (const [name, value] of entriesOf(payload)) {
    if (name === 'headers') for (const [inner, innerValue] of entriesOf(value)) add(found, inner, innerValue);
    else add(found, name, value);
  }
  if (found.size > 1) throw new TokenConflict('The socket has two different tokens.');
  return [...found][0];
}

function add(found: Set<string>, name: string, value: unknown): void {
  if (!NAMES.has(name) || value === null || value === undefined) return;
  if (typeof value !== 'string') throw new TokenConflict('The token is not a string.');
  // Apollo's guides send `authToken` without the scheme.
  found.add(name === 'authtoken' && !/^bearer /i.test(value) ? `Bearer ${value}` : value);
}

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value).map(([name, inner]) => [name.toLowerCase(), inner]) : [];
