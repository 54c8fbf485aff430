import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: string;
  /** Headers and parts, with quoted-printable and base64 decoded, and line breaks as \n. */
  readonly content: string;
}

const running = new Set<MailServer>();

/** A mail server on a free port that keeps what it receives. Stopped after the test file. */
export class MailServer {
  readonly received: ReceivedMail[] = [];
  /** Reply code for the next mails; undefined to accept them. */
  refuseWith: number | undefined;
  connections = 0;

  url = '';

  private constructor(private readonly server: SMTPServer) {}

  /** Without TLS and without passwords, unless the options say otherwise. */
  static async start(options: SMTPServerOptions = {}): Promise<MailServer> {
    const server = new SMTPServer({
      ...{ authOptional: true, hideSTARTTLS: true, disableReverseLookup: true },
      ...{
        onConnect: (_, done) => {
          mails.connections++;
          done();
        },
        onRcptTo: (_, __, done) => {
          done(mails.refuseWith === undefined ? null : Object.assign(new Error('not now'), { responseCode: mails.refuseWith }));
        },
        onData: (stream, session, done) => {
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
          stream.on('end', () => {
            const { mailFrom, rcptTo } = session.envelope;
            const from = mailFrom === false ? '' : mailFrom.address;
            mails.received.push({ from, to: rcptTo[0]?.address ?? '', content: decoded(Buffer.concat(chunks).toString()) });
            done();
          });
        },
      },
      ...options,
    });
    const mails = new MailServer(server);
    // Clients that end a connection early are part of the tests.
    server.on('error', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    mails.url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
    running.add(mails);
    return mails;
  }

  async stop(): Promise<void> {
    running.delete(this);
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

/** The token of the link in a mail or address. */
export const tokenIn = (text = ''): string => /\/reset\?token=([\w-]+)/.exec(text)?.[1] ?? '';

function decoded(raw: string): string {
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1] ?? '';
  const parts = raw.split(`\r\n--${boundary}`).map((part) => {
    const body = part.indexOf('\r\n\r\n');
    const [head, text] = [part.slice(0, body), part.slice(body)];
    if (/base64/i.test(head)) return `${head}\r\n\r\n${Buffer.from(text, 'base64').toString()}`;
    if (!/quoted-printable/i.test(head)) return part;
    const bytes = text
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    return head + Buffer.from(bytes, 'latin1').toString();
  });
  return parts.join('\n').replaceAll('\r\n', '\n');
}

afterAll(async () => {
  await Promise.all([...running].map((server) => server.stop()));
});
