import { createTransport } from 'nodemailer';
import type { Mail, Mailer, MailOutcome } from '../../ports/mailer';

export interface SmtpOptions {
  /** smtp:// or smtps://, with user and password if the server asks for them. */
  readonly url: string;
  /** Sender: an address, or a name and an address in angle brackets. */
  readonly from: string;
}

const CONNECT_MS = 10_000;
/** Longest silence of the server. */
const SILENCE_MS = 20_000;

/** Sends mails by SMTP, with a connection for each. */
export class SmtpMailer implements Mailer {
  private readonly transport: ReturnType<typeof transportOf>;

  constructor(private readonly options: SmtpOptions) {
    this.transport = transportOf(options.url);
  }

  async send({ to, ...mail }: Mail): Promise<MailOutcome> {
    try {
      // Programs that answer mails, such as out-of-office replies, leave mails with this header alone (RFC 3834).
      const headers = { 'Auto-Submitted': 'auto-generated' };
      // As an object, because a text would be taken for a list of recipients.
      await this.transport.sendMail({ from: this.options.from, to: { name: '', address: to }, ...mail, headers });
      return 'accepted';
    } catch (error) {
      if (isRefused(error)) return 'refused';
      throw error;
    }
  }
}

const transportOf = (address: string) => {
  const { protocol, hostname, port, username, password } = new URL(address);
  const isSecure = protocol === 'smtps:';
  return createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : isSecure ? 465 : 587,
    secure: isSecure,
    // STARTTLS is used if the server offers it. A password is never sent without TLS.
    requireTLS: !isSecure && username !== '',
    ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    dnsTimeout: CONNECT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
};

/**
 * A recipient that the library finds invalid or the server refuses for good (RFC 5321, 4.2.1). Other refusals, such as that of the
 * password, are for the operator to end.
 */
function isRefused(error: unknown): boolean {
  const { code, command, responseCode } = error as { code?: unknown; command?: unknown; responseCode?: unknown };
  return code === 'EENVELOPE' && (command === 'API' || (command === 'RCPT TO' && Number(responseCode) >= 500));
}
