import { lookup as systemLookup } from 'node:dns';
import { Agent, request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { generateRequestDetails, generateVAPIDKeys } from 'web-push';
import { allowedBy, type PushHost } from '../../domain/push-host';
import type { PushMessage, PushService } from '../../ports/push-service';
import type { PushTarget, VapidKeys } from '../../ports/push-store';
import { isPublicAddress } from './public-address';

export interface WebPushOptions {
  /** `mailto:` or `https:` URL by which a push service can reach the operator. */
  readonly contact: string;
  /** @throws DomainError UNAVAILABLE */
  readonly keys: () => Promise<VapidKeys>;
  readonly hosts: readonly PushHost[];
  /** Whether a host with an explicit port may have a private address. */
  readonly allowPrivatePorts: boolean;
  /** Certificates to trust in place of the system's, as PEM. */
  readonly ca: string | undefined;
  /** Requests at a time. */
  readonly connections: number;
}

const TIMEOUT_MS = 10_000;
const GONE = new Set([404, 410]);

export const makeVapidKeys = (): VapidKeys => generateVAPIDKeys();

/** Speaks RFC 8030 with encryption by RFC 8291. It follows no redirect. */
export class WebPushService implements PushService {
  private readonly publicOnly: Agent;
  private readonly any: Agent;

  constructor(private readonly options: WebPushOptions) {
    const shared = {
      keepAlive: true,
      maxSockets: options.connections,
      scheduling: 'fifo',
      ...(options.ca !== undefined && { ca: options.ca }),
    } as const;
    this.publicOnly = new Agent({ ...shared, lookup: lookupPublic });
    this.any = new Agent(shared);
  }

  async send(target: PushTarget, { payload, topic, ttlSeconds }: PushMessage): Promise<'accepted' | 'gone'> {
    const { contact, keys, hosts, allowPrivatePorts } = this.options;
    // PUSH_HOSTS may have changed since the endpoint was stored.
    const host = allowedBy(hosts, target.endpoint);
    if (!host) throw new Error('PUSH_HOSTS does not allow the endpoint');
    const mayBePrivate = allowPrivatePorts && host.port !== undefined;
    if (!mayBePrivate && isIP(new URL(target.endpoint).hostname.replace(/^\[|\]$/g, '')))
      throw new Error('the endpoint has no host name');
    const { endpoint, headers, body } = generateRequestDetails(
      { endpoint: target.endpoint, keys: { p256dh: target.p256dh, auth: target.auth } },
      payload,
      { vapidDetails: { subject: contact, ...(await keys()) }, topic, TTL: ttlSeconds, urgency: 'normal' },
    );
    const status = await post(endpoint, headers, body, mayBePrivate ? this.any : this.publicOnly);
    if (status >= 200 && status < 300) return 'accepted';
    if (GONE.has(status)) return 'gone';
    throw new Error(`the push service answered with status ${status}`);
  }

  close(): void {
    this.publicOnly.destroy();
    this.any.destroy();
  }
}

/** Fails unless all addresses of the host are public. The connection is made to one of the addresses that were checked. */
const lookupPublic: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = error ? [] : addresses;
    if (!first) callback(error ?? new Error('the host has no address'), '');
    else if (!addresses.every(({ address }) => isPublicAddress(address)))
      callback(new Error('the host has a private address'), '');
    else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

/** @returns the status */
function post(url: string, headers: Record<string, string | number>, body: Buffer | null, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const sent = request(url, { method: 'POST', headers, agent, signal }, (response) => {
      response.on('error', reject);
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.resume();
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
