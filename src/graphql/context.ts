import { unauthenticated, type DomainError } from '../domain/errors';
import type { Viewer } from '../domain/user';

/** What a resolver knows about the request it serves. */
export interface RequestContext {
  readonly viewer: Viewer | null;
  /** Of the client, as far as proxies are trusted; what it does is counted under it. */
  readonly address: string;
  /** Why the token that came with the request does not count; null without a token or with a good one. */
  readonly tokenProblem: DomainError | null;
}

/** @throws DomainError UNAUTHENTICATED */
export function requireViewer(context: RequestContext): Viewer {
  if (!context.viewer) throw unauthenticated('NO_TOKEN');
  return context.viewer;
}
