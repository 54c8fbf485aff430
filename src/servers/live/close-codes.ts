import { CloseCode as Protocol } from 'graphql-ws';

/**
 * Every code with which the server ends a socket. The stock client comes back after GoingAway, TryAgainLater and Forbidden (and
 * after what the network does), and gives up after the others: they mean that the client is at fault.
 */
export const CloseCode = {
  GoingAway: 1001,
  /** Too slow, or the server is overloaded. */
  TryAgainLater: 1013,
  BadRequest: Protocol.BadRequest,
  /** The token is bad, has expired or was revoked. */
  Forbidden: Protocol.Forbidden,
} as const;
