import { isIP } from 'node:net';

/** Whether a request with this Host header is served. */
export type AllowsHost = (host: string | undefined) => boolean;

/**
 * Refuses unknown host names against DNS rebinding: a foreign page cannot make its own name resolve to this server and then read
 * answers as its own origin. IP addresses and localhost need no DNS and are always allowed.
 * @param names host names without a port
 */
export function hostPolicy(names: readonly string[]): AllowsHost {
  const allowed = new Set(names);
  return (host = '') => {
    const url = `http://${host}`;
    // A URL may have a user, a path or a query, a Host header may not.
    if (/[@/?#\\]/.test(host) || !URL.canParse(url)) return false;
    const { hostname } = new URL(url);
    return allowed.has(hostname) || hostname === 'localhost' || hostname.startsWith('[') || isIP(hostname) > 0;
  };
}
