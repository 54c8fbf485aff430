import type { IncomingMessage } from 'node:http';
import { DomainError } from '../../domain/errors';
import { preferredLocale, type Locale } from '../../domain/locale';
import type { Viewer } from '../../domain/user';
import type { RequestContext } from '../../graphql/context';

/** What the context of a request is read with. */
export interface ContextSources {
  /** @throws DomainError UNAUTHENTICATED */
  readonly authenticate: (authorization: string | undefined) => Viewer | null;
  readonly addressOf: (request: IncomingMessage) => string;
  /** Address of the page for the client that sent this request, without a path. */
  readonly pageUrl: (request: IncomingMessage) => string;
}

/** The context of one request. What few resolvers need is read when they ask for it. */
export class HttpContext implements RequestContext {
  readonly viewer: Viewer | null;
  readonly tokenProblem: DomainError | null;
  readonly address: string;

  constructor(
    private readonly request: IncomingMessage,
    private readonly sources: ContextSources,
  ) {
    // Read now, because a closed connection has no address.
    this.address = sources.addressOf(request);
    let viewer: Viewer | null = null;
    let tokenProblem: DomainError | null = null;
    try {
      viewer = sources.authenticate(request.headers.authorization);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      tokenProblem = error;
    }
    this.viewer = viewer;
    this.tokenProblem = tokenProblem;
  }

  get locale(): Locale {
    return preferredLocale(this.request.headers['accept-language']);
  }

  get pageUrl(): string {
    return this.sources.pageUrl(this.request);
  }
}
