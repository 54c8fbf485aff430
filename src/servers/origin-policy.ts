/**
 * Which pages may open a socket. No Origin header: not a browser, let in.
 * @param allowed exact origins, or 'any'
 * @param ownPorts ports of this process's own pages: a page on the host that the socket asks for, at one of these, is its own
 */
export function originPolicy(
  allowed: 'any' | readonly string[],
  ownPorts: () => readonly number[],
): (origin: string | undefined, host: string | undefined) => boolean {
  if (allowed === 'any') return () => true;
  const list = new Set(allowed);
  return (origin, host) => {
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
