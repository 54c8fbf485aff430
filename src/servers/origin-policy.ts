import type { AllowsHost } from './host-policy';

/**
 * Decides which pages may open a connection. Requests without an Origin header do not come from a browser and are allowed.
 * @param allowed exact origins, or 'any'
 * @param ownPorts ports of this process. A page is the product's own if its host is the request's host and its port is one of these
 * @param allowsHost host names under which this server is reached
 */
export function originPolicy(
  allowed: 'any' | readonly string[],
  ownPorts: () => readonly number[],
  allowsHost: AllowsHost = () => true,
): (origin: string | undefined, host: string | undefined) => boolean {
  if (allowed === 'any') return (_, host) => allowsHost(host);
  const list = new Set(allowed);
  return (origin, host) => {
    if (!allowsHost(host)) return false;
    if (origin === undefined || list.has(origin)) return true;
    const page = parse(origin);
    const own = parse(`http://${host ?? ''}`);
    if (!page || page.origin !== origin || !own || page.hostname !== own.hostname) return false;
    return page.host === own.host || ownPorts().includes(Number(page.port || (page.protocol === 'https:' ? 443 : 80)));
  };
}

function parse(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}
