/** The addresses of the API, from the server that served this page. */
export interface Endpoints {
  readonly http: string;
  readonly ws: string;
  /** Whether people may enter as guests. */
  readonly guests: boolean;
}

/** @param server any address at the server; by default that of this page */
export async function loadEndpoints(server = location.href): Promise<Endpoints> {
  const response = await fetch(new URL('/config.json', server));
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  const { http, ws, guests } = (await response.json()) as Endpoints;
  // Either may be a path at the address of the server.
  return { http: new URL(http, server).href, ws: new URL(ws, server.replace(/^http/, 'ws')).href, guests };
}

const RETRY_MS = 2_000;

/** Asks until the server answers. Until then `root` shows that it cannot be reached. */
export async function findEndpoints(root: HTMLElement, unreachable: string, server?: string): Promise<Endpoints> {
  for (;;) {
    try {
      const found = await loadEndpoints(server);
      root.replaceChildren();
      return found;
    } catch {
      const paragraph = document.createElement('p');
      paragraph.className = 'empty unreachable';
      paragraph.role = 'alert';
      paragraph.textContent = unreachable;
      root.replaceChildren(paragraph);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
