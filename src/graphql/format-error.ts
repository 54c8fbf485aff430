import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { DomainError } from '../domain/errors';
import type { Logger } from '../ports/logger';
import { isTokenLimit, MAX_TOKENS } from './limits';

/** Codes that GraphQL itself or Apollo give; their messages speak of the request alone. */
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
 * What a client is told of a failure, the same on both transports. Whatever is not in the table of domain/errors or a fault of
 * the request becomes INTERNAL_SERVER_ERROR with an id under which the log has the cause.
 */
export function formatError(error: unknown, logger: Logger): GraphQLFormattedError {
  const graphqlError = error instanceof GraphQLError ? error : null;
  const cause = rootCause(error);
  const place = {
    ...(graphqlError?.locations && { locations: graphqlError.locations }),
    ...(graphqlError?.path && { path: graphqlError.path }),
  };
  if (cause instanceof DomainError) {
    // The part that failed has told it once. Told for each request, an outage would cost more than what it keeps from being served.
    if (cause.cause !== undefined) logger.debug({ err: cause.cause, code: cause.code }, cause.message);
    return { message: cause.message, ...place, extensions: extensionsOf(cause) };
  }
  if (cause instanceof GraphQLError && isTokenLimit(cause)) {
    return { message: `The operation has more than ${MAX_TOKENS} tokens.`, extensions: { code: 'OPERATION_TOO_COMPLEX' } };
  }
  const code = graphqlError?.extensions['code'];
  if (graphqlError && (cause === graphqlError || typeof code === 'string')) {
    if (typeof code === 'string' && SAFE_CODES.has(code))
      return { message: withoutSuggestion(graphqlError.message), ...place, extensions: { code } };
    // graphql-js raises its own errors without a code where a request does not fit the schema.
    if (code === undefined && !graphqlError.path) {
      return {
        message: withoutSuggestion(graphqlError.message),
        ...place,
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      };
    }
  }
  const id = randomUUID();
  logger.error({ err: cause, errorId: id }, 'unexpected error');
  return { message: 'Something went wrong on our side.', ...place, extensions: { code: 'INTERNAL_SERVER_ERROR', id } };
}

/** graphql-js guesses what was meant, which tells the schema to those who may not introspect it. */
const withoutSuggestion = (message: string): string => message.replace(/ Did you mean .*$/s, '');

export const extensionsOf = (error: DomainError): Record<string, unknown> => ({
  code: error.code,
  ...(error.field !== undefined && { field: error.field }),
  ...(error.reason !== undefined && { reason: error.reason }),
  ...(error.until !== undefined && { until: new Date(error.until).toISOString() }),
  ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }),
});

function rootCause(error: unknown): unknown {
  let current = error;
  while (current instanceof GraphQLError && current.originalError) current = current.originalError;
  return current;
}
