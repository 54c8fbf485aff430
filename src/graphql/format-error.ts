import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { DomainError } from '../domain/errors';
import type { Logger } from '../ports/logger';
import { isTokenLimit, MAX_TOKENS } from './limits';

/** Codes of errors that graphql-js or Apollo raise. Their messages contain nothing but parts of the request. */
const SAFE_CODES = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'OPERATION_TOO_COMPLEX',
]);

/**
 * The error that a client receives, the same over HTTP and over sockets. A DomainError and a fault of the request keep their
 * message. Every other error becomes INTERNAL_SERVER_ERROR with an id under which the log has the cause.
 */
export function formatError(error: unknown, logger: Logger): GraphQLFormattedError {
  const graphqlError = error instanceof GraphQLError ? error : null;
  const cause = rootCause(error);
  const location = {
    ...(graphqlError?.locations && { locations: graphqlError.locations }),
    ...(graphqlError?.path && { path: graphqlError.path }),
  };
  if (cause instanceof DomainError) {
    // The failing component logs an outage itself. A warning per request would flood the log during an outage.
    if (cause.cause !== undefined) logger.debug({ err: cause.cause, code: cause.code }, cause.message);
    return { message: cause.message, ...location, extensions: extensionsOf(cause) };
  }
  if (cause instanceof GraphQLError && isTokenLimit(cause)) {
    return { message: `The operation has more than ${MAX_TOKENS} tokens.`, extensions: { code: 'OPERATION_TOO_COMPLEX' } };
  }
  const code = graphqlError?.extensions['code'];
  if (graphqlError && (cause === graphqlError || typeof code === 'string')) {
    if (typeof code === 'string' && SAFE_CODES.has(code))
      return { message: withoutSuggestion(graphqlError.message), ...location, extensions: { code } };
    // graphql-js raises errors without a code for a request that does not match the schema.
    if (code === undefined && !graphqlError.path) {
      return {
        message: withoutSuggestion(graphqlError.message),
        ...location,
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      };
    }
  }
  const id = randomUUID();
  logger.error({ err: cause, errorId: id }, 'unexpected error');
  return {
    message: 'Internal error. Please try again later; if it persists, report the id to the operator.',
    ...location,
    extensions: { code: 'INTERNAL_SERVER_ERROR', id },
  };
}

/** Suggestions of graphql-js would reveal the schema to clients that may not introspect it. */
const withoutSuggestion = (message: string): string => message.replace(/ Did you mean .*$/s, '');

export const extensionsOf = (error: DomainError): Record<string, unknown> => ({
  code: error.code,
  ...(error.field !== undefined && { field: error.field }),
  ...(error.reason !== undefined && { reason: error.reason }),
  ...(error.until !== undefined && { until: new Date(error.until).toISOString() }),
  ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }),
  ...(error.stored !== undefined && { stored: error.stored }),
});

function rootCause(error: unknown): unknown {
  let current = error;
  while (current instanceof GraphQLError && current.originalError) current = current.originalError;
  return current;
}
