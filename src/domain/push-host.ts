/** A push service that may be contacted: a host, or with `*.` in front all hosts below it. */
export interface PushHost {
  readonly host: string;
  readonly below: boolean;
  /** Undefined: 443. */
  readonly port: number | undefined;
}

const HTTPS_PORT = 443;

/** The entry that allows the URL. @returns undefined if none does, or if it is not a plain https URL */
export function allowedBy(hosts: readonly PushHost[], endpoint: string): PushHost | undefined {
  if (!URL.canParse(endpoint)) return undefined;
  const { protocol, hostname, port, username, password } = new URL(endpoint);
  if (protocol !== 'https:' || username !== '' || password !== '') return undefined;
  const used = port === '' ? HTTPS_PORT : Number(port);
  return hosts.find(
    ({ host, below, port: allowed = HTTPS_PORT }) =>
      allowed === used && (below ? hostname.endsWith(`.${host}`) : hostname === host),
  );
}
