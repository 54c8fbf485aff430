/** Where this page finds its API, as the server that sent the page says. */
export interface Endpoints {
  readonly http: string;
  readonly ws: string;
}

export async function loadEndpoints(): Promise<Endpoints> {
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return (await response.json()) as Endpoints;
}
