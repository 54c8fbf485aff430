import { CloseCode as Protocol } from 'graphql-ws';

/**
 * The close codes of the server. The client of graphql-ws reconnects after GoingAway, TryAgainLater and Forbidden, and after network
 * errors. It gives up after the other codes, which mean an error of the client.
 */
export const CloseCode = {
  GoingAway: 1001,
  /** The client is a slow consumer, or the server is overloaded. */
  TryAgainLater: 1013,
  BadRequest: Protocol.BadRequest,
  /** The token is invalid or expired, or its session has ended. */
  Forbidden: Protocol.Forbidden,
} as const;
