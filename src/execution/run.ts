import {
  isNonNullType,
  locatedError,
  type FieldNode,
  type GraphQLError,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
} from 'graphql';
import type { Variables } from './coerce';

/** Position in the answer, in the form that graphql-js shows to resolvers. */
export type Path = GraphQLResolveInfo['path'];

export const addPath = (prev: Path | undefined, key: string | number, typename: string | undefined): Path => ({
  prev,
  key,
  typename,
});

/** One execution of an operation. */
export class Run {
  readonly errors: GraphQLError[] = [];
  /** Positions that an error has made null. Errors below them are not reported any more. */
  private readonly nulled = new Set<Path | undefined>();

  constructor(
    readonly rootValue: unknown,
    readonly contextValue: unknown,
    readonly variableValues: Variables,
  ) {}

  /** @param path undefined for the whole answer */
  add(error: GraphQLError, path: Path | undefined): void {
    for (let at = path; at; at = at.prev) if (this.nulled.has(at)) return;
    if (this.nulled.has(undefined)) return;
    this.nulled.add(path);
    this.errors.push(error);
  }

  /** Records the error of a field or of an item of its list. @returns null @throws GraphQLError if the value may not be null */
  fail(error: unknown, nodes: readonly FieldNode[], type: GraphQLOutputType, path: Path): null {
    const located = locatedError(error, nodes, keysOf(path));
    if (isNonNullType(type)) throw located;
    this.add(located, path);
    return null;
  }
}

function keysOf(path: Path): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at: Path | undefined = path; at; at = at.prev) keys.push(at.key);
  return keys.reverse();
}
