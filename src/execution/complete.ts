import { inspect } from 'node:util';
import {
  GraphQLBoolean,
  GraphQLError,
  GraphQLID,
  GraphQLString,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';
import { addPath, type Path, type Run } from './run';
import { Unsupported } from './unsupported';

/**
 * Turns the value of a resolver into a part of the answer, or a promise of it.
 * @param path of the value; undefined for leaves, which do not need it
 */
export type Complete = (run: Run, value: unknown, path: Path | undefined) => unknown;

/** What completion has to know of a field. */
export interface CompletedField {
  /** Type and name, as in `Query.chats`. */
  readonly label: string;
  /** Records the error of an item of a list. @returns null @throws GraphQLError if the item may not be null */
  readonly fail: (run: Run, error: unknown, type: GraphQLOutputType, path: Path) => null;
  /** Compiles the selection of an object. */
  readonly select: (type: GraphQLObjectType) => Complete;
}

/** @throws Unsupported for interfaces, unions and types with a predicate of their own */
export function compileComplete(type: GraphQLOutputType, field: CompletedField): Complete {
  const complete = isNonNullType(type) ? nonNull(compileComplete(type.ofType, field), field.label) : nullable(type, field);
  return (run, value, path) => {
    if (value instanceof Error) throw value;
    return complete(run, value, path);
  };
}

const nonNull =
  (complete: Complete, label: string): Complete =>
  (run, value, path) => {
    const completed = complete(run, value, path);
    if (completed === null) throw new Error(`Cannot return null for non-nullable field ${label}.`);
    return completed;
  };

function nullable(type: GraphQLOutputType, field: CompletedField): Complete {
  let complete: Complete;
  if (isLeafType(type)) complete = leaf(type);
  else if (isListType(type)) complete = list(type.ofType as GraphQLOutputType, field);
  else if (isObjectType(type) && !type.isTypeOf) complete = field.select(type);
  else throw new Unsupported();
  return (run, value, path) => (value === null || value === undefined ? null : complete(run, value, path));
}

function leaf(type: GraphQLLeafType): Complete {
  const serialise: Complete = (_run, value) => {
    const serialised: unknown = type.serialize(value);
    if (serialised !== null && serialised !== undefined) return serialised;
    throw new Error(`Expected ${inspect(type)}.serialize(${inspect(value)}) to return a value, returned: ${inspect(serialised)}`);
  };
  // What these types return unchanged needs no call.
  if (type === GraphQLString || type === GraphQLID)
    return (run, value, path) => (typeof value === 'string' ? value : serialise(run, value, path));
  if (type === GraphQLBoolean) return (run, value, path) => (typeof value === 'boolean' ? value : serialise(run, value, path));
  return serialise;
}

function list(type: GraphQLOutputType, field: CompletedField): Complete {
  const complete = compileComplete(type, field);
  return (run, value, path) => {
    if (!isIterable(value)) throw new GraphQLError(`Expected Iterable, but did not find one for field "${field.label}".`);
    const items = Array.from(value, (item, index): unknown => {
      const itemPath = addPath(path, index, undefined);
      try {
        const completed = isPromise(item) ? item.then((later) => complete(run, later, itemPath)) : complete(run, item, itemPath);
        if (!isPromise(completed)) return completed;
        return completed.then(undefined, (error: unknown) => field.fail(run, error, type, itemPath));
      } catch (error) {
        return field.fail(run, error, type, itemPath);
      }
    });
    return items.some(isPromise) ? Promise.all(items) : items;
  };
}

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function';

export const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Promise<unknown>>).then === 'function';
