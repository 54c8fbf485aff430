/** The addresses of the API, from the server that served this page. */
export interface Endpoints {
  readonly http: string;
  readonly ws: string;
}

export async function loadEndpoints(): Promise<Endpoints> {
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  const { http, ws } = (await response.json()) as Endpoints;
  // Either may be a path at the address of the page.
  const { href } = location;
  return { http: new URL(http, href).href, ws: new URL(ws, href.replace(/^http/, 'ws')).href };
}
