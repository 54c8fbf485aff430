import { execFileSync } from 'node:child_process';
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify, type ECDH } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ReceivedPush {
  /** Name of the browser. */
  readonly name: string;
  readonly payload: Record<string, unknown>;
  readonly topic: string | undefined;
  readonly ttl: number;
  /** Claims of the VAPID token, whose signature was verified. */
  readonly claims: Record<string, unknown>;
  /** The public key that verified it, in base64url. */
  readonly key: string;
}

export interface PushInput {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

const running = new Set<FakePushService>();

/** A push service with its browsers: verifies VAPID (RFC 8292), decrypts (RFC 8291), and keeps what it accepted. */
export class FakePushService {
  readonly received: ReceivedPush[] = [];
  /** Status of the answer; 201 accepts. It may wait. */
  answer: (name: string) => number | Promise<number> = () => 201;
  inFlight = 0;
  mostInFlight = 0;
  /** Its certificate, as PEM, and the path of it. */
  readonly ca: string;
  readonly caPath: string;
  private readonly folder = mkdtempSync(join(tmpdir(), 'jungle-buzz-push-service-'));
  private readonly server: Server;
  private readonly browsers = new Map<string, { readonly keys: ECDH; readonly auth: Buffer }>();

  private constructor() {
    const [key, certificate] = [join(this.folder, 'key.pem'), join(this.folder, 'certificate.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
    execFileSync('openssl', ['req', '-x509', ...curve, '-nodes', '-keyout', key, '-out', certificate, '-days', '2', ...subject], {
      stdio: 'ignore',
    });
    this.caPath = certificate;
    this.ca = readFileSync(certificate, 'utf8');
    this.server = createServer({ key: readFileSync(key), cert: this.ca }, (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => void chunks.push(chunk));
      request.on('end', () => {
        this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
        void this.take(request.url?.slice(1) ?? '', request.headers, Buffer.concat(chunks)).then(
          (status) => {
            this.inFlight--;
            response.writeHead(status).end();
          },
          (error: unknown) => {
            this.inFlight--;
            response.writeHead(400).end(String(error));
          },
        );
      });
    });
  }

  static async start(): Promise<FakePushService> {
    const service = new FakePushService();
    service.server.listen(0, '127.0.0.1');
    await once(service.server, 'listening');
    running.add(service);
    return service;
  }

  /** The value of PUSH_HOSTS for it. */
  get host(): string {
    return `localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** What the PushManager of a browser of this name hands out. */
  browser(name: string): PushInput {
    const keys = createECDH('prime256v1');
    const p256dh = keys.generateKeys().toString('base64url');
    const auth = randomBytes(16);
    this.browsers.set(name, { keys, auth });
    return { endpoint: `https://${this.host}/${name}`, p256dh, auth: auth.toString('base64url') };
  }

  names(): string[] {
    return this.received.map(({ name }) => name).sort();
  }

  async stop(): Promise<void> {
    running.delete(this);
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async take(name: string, headers: NodeJS.Dict<string | string[]>, body: Buffer): Promise<number> {
    const { claims, key } = verified(String(headers['authorization']));
    const browser = this.browsers.get(name);
    if (!browser) return 404;
    const payload = JSON.parse(decrypted(body, browser.keys, browser.auth)) as Record<string, unknown>;
    const status = await this.answer(name);
    const topic = headers['topic'] === undefined ? undefined : String(headers['topic']);
    if (status === 201) this.received.push({ name, payload, topic, ttl: Number(headers['ttl']), claims, key });
    return status;
  }
}

function verified(authorization: string): { claims: Record<string, unknown>; key: string } {
  const [, head = '', claims = '', signature = '', key = ''] =
    /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]+)$/.exec(authorization) ?? [];
  const point = Buffer.from(key, 'base64url');
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')];
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const signed = Buffer.from(`${head}.${claims}`);
  if (!verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))) {
    throw new Error('the signature is wrong');
  }
  return { claims: JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>, key };
}

function decrypted(body: Buffer, keys: ECDH, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const keyEnd = 21 + (body[20] ?? 0);
  const sender = body.subarray(21, keyEnd);
  const derive = (key: Buffer, by: Buffer, info: Buffer, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', key, by, info, length));
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender]);
  const key = derive(keys.computeSecret(sender), auth, info, 32);
  const cipherKey = derive(key, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(key, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const cipher = createDecipheriv('aes-128-gcm', cipherKey, nonce);
  cipher.setAuthTag(body.subarray(-16));
  const padded = Buffer.concat([cipher.update(body.subarray(keyEnd, -16)), cipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2)).toString();
}

if (typeof afterAll === 'function') {
  afterAll(async () => {
    await Promise.all([...running].map((service) => service.stop()));
  });
}
