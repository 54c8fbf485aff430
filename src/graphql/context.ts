import { DomainError, unauthenticated } from '../domain/errors';
import type { Locale } from '../domain/locale';
import type { Viewer } from '../domain/user';

/** What a resolver knows about its request. */
export interface RequestContext {
  readonly viewer: Viewer | null;
  /** IP address of the client, under which rates are counted. X-Forwarded-For counts only from trusted proxies. */
  readonly address: string;
  /** Language that the client prefers. */
  readonly locale: Locale;
  /** Address of the page for links that are answered to this client, without a path. The client chooses its host unless PUBLIC_URL does. */
  readonly pageUrl: string;
  /** Why the token of the request is refused; null without a token or with a valid one. */
  readonly tokenProblem: DomainError | null;
}

export const onlyForScreens = (): DomainError => new DomainError('FORBIDDEN', 'This token only shows one room on a screen.');

/** @throws DomainError UNAUTHENTICATED, FORBIDDEN (a screen) */
export function requireViewer(context: RequestContext): Viewer {
  if (!context.viewer) throw unauthenticated('NO_TOKEN');
  if (context.viewer.screen) throw onlyForScreens();
  return context.viewer;
}
